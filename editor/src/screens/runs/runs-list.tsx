import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type RunFilter, runsQuery } from '#editor/api/runs.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { RunStatePill } from '#editor/parts/state-pill.tsx'

/** Runs, newest first. */
export function RunsList({ filter }: { filter: RunFilter }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(runsQuery(filter))
  return (
    <QueryState query={query}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items)
        if (items.length === 0) return <EmptyState title={t('screens.runs.empty')} />
        return (
          <ul>
            {items.map((run) => (
              <li key={run.id}>
                <Link to="/runs/$id" params={{ id: run.id }}>
                  {run.workflowName} #{run.number}
                </Link>{' '}
                <RunStatePill state={run.state} />
              </li>
            ))}
          </ul>
        )
      }}
    </QueryState>
  )
}
