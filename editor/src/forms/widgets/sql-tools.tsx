import { Button, Menu } from '@mantine/core'
import { IconAlignLeft, IconHistory, IconListSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Catalog } from '#schemas/catalog.ts'
import { KeyHint } from '#editor/parts/key-hint.tsx'
import { toastError } from '#editor/parts/toasts.ts'
import { formatSql, saysTheSame } from '#editor/sql/format.ts'
import { recentStatements, rememberStatement } from '#editor/sql/recent.ts'
import { useForm } from '../form-context.ts'
import { SqlPlan } from './sql-plan.tsx'
import { useConnectionId, useDialect } from './use-sql-help.ts'
import styles from './sql-tools.module.css'

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

/** The line under a statement: preview, layout, plan, and the last ones. */
export function SqlTools({ tools, sql, catalog }: { tools: SqlToolActions; sql: string; catalog: Catalog | null }) {
  const { t } = useTranslation()
  const connectionId = useConnectionId()
  const dialect = useDialect()
  const [explained, setExplained] = useState<string | null>(null)
  const empty = sql.trim() === ''
  return (
    <>
      <div className={styles.tools}>
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
