import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import styles from './runs-list.module.css'

/** States that people ask for together, as the API takes them. */
export const filters = {
  all: undefined,
  active: 'queued,preparing,waiting,sending,settling',
  attention: 'paused,failed',
  completed: 'completed',
  cancelled: 'cancelled',
} as const

interface StateFilterProps {
  readonly state: string | undefined
  /** Of one workflow; all runs without it. */
  readonly workflowId: string | undefined
}

/** Filter chips; the address holds the choice. */
export function StateFilter({ state, workflowId }: StateFilterProps) {
  const { t } = useTranslation()
  return (
    <nav className={styles.filters} aria-label={t('runs.filter')}>
      {(Object.keys(filters) as (keyof typeof filters)[]).map((key) => {
        const search = filters[key] === undefined ? {} : { state: filters[key] }
        const props = {
          search,
          className: styles.chip,
          'aria-current': state === filters[key] ? ('true' as const) : undefined,
          children: t(`runs.filters.${key}`),
        }
        return workflowId === undefined ? (
          <Link key={key} to="/runs" activeOptions={{ exact: true }} activeProps={{}} {...props} />
        ) : (
          <Link key={key} to="/workflows/$id/runs" params={{ id: workflowId }} activeProps={{}} {...props} />
        )
      })}
    </nav>
  )
}
