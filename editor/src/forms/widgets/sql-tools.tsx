import { Button, Menu, Skeleton } from '@mantine/core'
import { IconAlignLeft, IconHistory, IconListSearch, IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Catalog } from '#schemas/catalog.ts'
import { latePart } from '#editor/parts/late-part.tsx'
import { laterWords } from '#editor/words/start-words.ts'
import { KeyHint } from '#editor/parts/key-hint.tsx'
import { toastError } from '#editor/parts/toasts.ts'
import { formatSql, saysTheSame } from '#editor/sql/format.ts'
import { recentStatements, rememberStatement } from '#editor/sql/recent.ts'
import { useForm } from '../form-context.ts'
import { SqlPlan } from './sql-plan.tsx'
import { useConnectionId, useDialect } from './use-sql-help.ts'
import styles from './sql-tools.module.css'

/** For whoever opens it: with its words, which the page of a connection has, too. */
const SchemaBrowser = latePart(
  async () => {
    const [{ SchemaBrowser: browser }] = await Promise.all([import('#editor/sql/schema-browser.tsx'), laterWords('pages')])
    return browser
  },
  <Skeleton height={120} radius={10} mt={6} />,
)

export interface SqlToolActions {
  /** Null: nobody can preview here. */
  readonly preview: (() => void) | null
  readonly format: () => void
  /** Keeps the text among the last ones. */
  readonly remember: () => void
  readonly write: (sql: string) => void
}

/** What can be done with a statement besides typing. */
export function useSqlTools(sql: string, write: (sql: string) => void): SqlToolActions {
  const { t } = useTranslation()
  const { onPreview } = useForm()
  const connectionId = useConnectionId()
  const dialect = useDialect()
  const remember = () => {
    if (connectionId !== null) rememberStatement(localStorage, connectionId, sql)
  }
  return {
    remember,
    write,
    preview:
      onPreview === null
        ? null
        : () => {
            remember()
            onPreview()
          },
    format: () => {
      void formatSql(sql, dialect).then(
        (laidOut) => (laidOut === null ? toastError(new Error(t('forms.sql.notFormatted'))) : write(laidOut)),
        (error: unknown) => toastError(error),
      )
    },
  }
}

interface SqlToolsProps {
  readonly tools: SqlToolActions
  readonly sql: string
  readonly catalog: Catalog | null
  /** Writes a name where the caret is. */
  readonly onInsert: (text: string) => void
}

/** The line under a statement: tables, preview, layout, plan, and the last ones. */
export function SqlTools({ tools, sql, catalog, onInsert }: SqlToolsProps) {
  const { t } = useTranslation()
  const connectionId = useConnectionId()
  const dialect = useDialect()
  const [explained, setExplained] = useState<string | null>(null)
  const [browsing, setBrowsing] = useState(false)
  const empty = sql.trim() === ''
  return (
    <>
      <div className={styles.tools}>
        {catalog !== null && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<IconTable size={14} />}
            aria-expanded={browsing}
            onClick={() => setBrowsing((old) => !old)}
          >
            {t('forms.sql.tables')}
          </Button>
        )}
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<IconAlignLeft size={14} />}
          disabled={empty}
          title="Shift+Alt+F"
          onClick={tools.format}
        >
          {t('forms.sql.format')}
        </Button>
        {connectionId !== null && (
          <>
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              leftSection={<IconListSearch size={14} />}
              disabled={empty}
              onClick={() => {
                tools.remember()
                setExplained(sql)
              }}
            >
              {t('forms.sql.explain')}
            </Button>
            <RecentMenu connectionId={connectionId} write={tools.write} />
          </>
        )}
        {tools.preview !== null && (
          <span className={styles.preview}>
            <KeyHint>Ctrl</KeyHint>
            <KeyHint>Enter</KeyHint>
            {t('forms.sql.preview')}
          </span>
        )}
      </div>
      {browsing && catalog !== null && <SchemaBrowser catalog={catalog} onInsert={onInsert} />}
      {explained !== null && connectionId !== null && (
        <SqlPlan
          key={explained}
          connectionId={connectionId}
          sql={explained}
          old={!saysTheSame(explained, sql, dialect)}
          catalog={catalog}
          onClose={() => setExplained(null)}
        />
      )}
    </>
  )
}

/** The last statements of the connection, as they were previewed or explained in this browser. */
function RecentMenu({ connectionId, write }: { connectionId: string; write: (sql: string) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const statements = open ? recentStatements(localStorage, connectionId) : []
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-start" width={340} withinPortal>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconHistory size={14} />}>
          {t('forms.sql.recent')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.recent}>
        <Menu.Label>{statements.length === 0 ? t('forms.sql.noRecent') : t('forms.sql.recentHelp')}</Menu.Label>
        {statements.map((statement) => (
          <Menu.Item key={statement} onClick={() => write(statement)} title={statement}>
            <code className={styles.statement}>{statement.replace(/\s+/g, ' ')}</code>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
