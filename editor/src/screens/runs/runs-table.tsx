import { useTranslation } from 'react-i18next'
import type { RunItem } from '#schemas/run.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { RunStatePill } from '#editor/parts/state-pill.tsx'
import { isTrigger, Outcome, RunName, Took } from './run-columns.tsx'
import styles from './runs-list.module.css'

/** Runs as a table; each row is a link to its run. */
export function RunsTable({ items, withWorkflow }: { items: readonly RunItem[]; withWorkflow: boolean }) {
  const { t } = useTranslation()
  return (
    <div className={styles.card}>
      <table className={styles.table} aria-label={t('runs.list')}>
        <thead>
          <tr>
            {(['state', 'run', 'trigger', 'started', 'took', 'result'] as const).map((key) => (
              <th key={key} scope="col">
                {t(`runs.column.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((run) => (
            <tr key={run.id}>
              <td>
                <RunStatePill state={run.state} kind={run.kind} />
              </td>
              <th scope="row" className={styles.name}>
                <RunName run={run} withWorkflow={withWorkflow} />
              </th>
              <td>{isTrigger(run.trigger) ? t(`runs.trigger.${run.trigger}`) : run.trigger}</td>
              <td className={styles.time}>
                <RelativeTime at={run.startedAt} />
              </td>
              <td className={styles.time}>
                <Took run={run} />
              </td>
              <td className={styles.result}>
                <Outcome run={run} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
