import { Skeleton } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { useChecks } from '#editor/canvas/session-context.ts'
import { cellText } from '#editor/dock/side-by-side.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import type { PreviewRows } from '#schemas/preview.ts'
import rows from '../data/first-rows.module.css'
import styles from '../start-list/wizard.module.css'

/** Rows that are shown: enough to see whether they are the right people. */
const SHOWN = 8

/** The first people that the step finds, as the server lets people see them. */
export function AudienceRows({ nodeId }: { nodeId: string }) {
  const { t } = useTranslation()
  const id = useId()
  const found = useChecks((state) => state.preview?.nodes[nodeId]?.out['rows'])
  const previewing = useChecks((state) => state.previewing)
  const failure = useChecks((state) => state.previewFailure)
  return (
    <section className={styles.card} aria-labelledby={id} aria-busy={previewing}>
      <h2 id={id}>{t('startSteps.rows.title')}</h2>
      <p className={styles.lead}>{t('startSteps.rows.text')}</p>
      {failure !== null && (
        <p className={styles.wrong} role="status">
          {failure.message}
        </p>
      )}
      {failure === null && found === undefined && previewing && <Skeleton mt={14} height={180} radius={10} />}
      {failure === null && found === undefined && !previewing && <p className={styles.how}>{t('startSteps.rows.notYet')}</p>}
      {found !== undefined && found.rows.length === 0 && <p className={styles.how}>{t('startSteps.rows.none')}</p>}
      {found !== undefined && found.rows.length > 0 && <Rows found={found} labelledBy={id} />}
    </section>
  )
}

function Rows({ found, labelledBy }: { found: PreviewRows; labelledBy: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const columns = found.columns.filter(({ hidden }) => hidden !== true)
  return (
    <div className={rows.scroll} style={{ marginTop: 14 }} tabIndex={0} role="group" aria-labelledby={labelledBy}>
      <table className={rows.table}>
        <thead>
          <tr>
            {columns.map(({ name, label }) => (
              <th key={name} scope="col">
                {label ?? name}
                {label !== undefined && label !== name && <small>{name}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.rows.slice(0, SHOWN).map((row, place) => (
            // Rows have no name of their own, and are never put in another order.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={place}>
              {columns.map((column) => (
                <td key={column.name}>
                  {row[column.name] === null ? (
                    <i>{t('startSteps.rows.empty')}</i>
                  ) : (
                    cellText(row[column.name], column, { language, zone }).text
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
