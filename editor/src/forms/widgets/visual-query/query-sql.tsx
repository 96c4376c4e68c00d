import { Button, Collapse } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { statementQuery, type AskedQuery } from '#editor/api/table-queries.ts'
import { CodeBlock } from '#editor/parts/code-block.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { useForm } from '../../form-context.ts'
import { useQueryContext } from './query-context.ts'
import styles from './visual-query.module.css'

/** The statement behind the form, to be read and copied, or taken over by somebody who writes SQL. */
export function QuerySql({ asked }: { asked: AskedQuery }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <div>
      <Button size="compact-sm" variant="subtle" color="gray" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t('tableQuery.sql.hide') : t('tableQuery.sql.show')}
      </Button>
      <Collapse expanded={open}>{open && <Statement asked={asked} />}</Collapse>
    </div>
  )
}

function Statement({ asked }: { asked: AskedQuery }) {
  const { t } = useTranslation()
  const { connection } = useQueryContext()
  const { become } = useForm()
  const statement = useQuery({ ...statementQuery(connection, asked), placeholderData: (before) => before })
  return (
    <QueryState query={statement}>
      {({ sql, parameters }) =>
        sql === null ? (
          <p className={styles.hint}>{t('tableQuery.sql.notYet')}</p>
        ) : (
          <div className={styles.statement}>
            <CodeBlock text={sql} label={t('tableQuery.sql.title')} />
            {become !== null && (
              <>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => become({ type: 'sql-source', config: { connection, sql, parameters } })}
                >
                  {t('tableQuery.sql.takeOver')}
                </Button>
                <p className={styles.hint}>{t('tableQuery.sql.takeOverHelp')}</p>
              </>
            )}
          </div>
        )
      }
    </QueryState>
  )
}
