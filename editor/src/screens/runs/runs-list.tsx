import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type RunFilter, runsQuery } from '#editor/api/runs.ts'
import { useLiveState } from '#editor/live/socket.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { isOver } from './run-columns.tsx'
import { RunsTable } from './runs-table.tsx'
import { StateFilter } from './state-filter.tsx'
import { useLiveRuns } from './use-live-runs.ts'
import styles from './runs-list.module.css'

/** Runs, newest first; figures move while they go on. */
export function RunsList({ filter }: { filter: RunFilter }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(runsQuery(filter))
  useLiveRuns()
  const lost = useLiveState() === 'lost'
  return (
    <>
      <StateFilter state={filter.state} workflowId={filter.workflowId} />
      {lost && (
        <p className={styles.offline} role="status">
          {t('runs.offline')}
        </p>
      )}
      <QueryState query={query} skeleton={<Skeleton height={320} radius={14} />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0) return <Nothing filter={filter} />
          const active = items.filter((run) => !isOver(run) && run.state !== 'paused').length
          return (
            <>
              <VisuallyHidden aria-live="polite">{active > 0 && t('runs.live', { count: active })}</VisuallyHidden>
              <RunsTable items={items} withWorkflow={filter.workflowId === undefined} />
              {query.hasNextPage && (
                <Button mt={14} variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t('runs.more')}
                </Button>
              )}
            </>
          )
        }}
      </QueryState>
    </>
  )
}

function Nothing({ filter: { state, workflowId } }: { filter: RunFilter }) {
  const { t } = useTranslation()
  if (state !== undefined) return <EmptyState title={t('runs.none.title')} />
  const action = (
    <Button
      renderRoot={(props) =>
        workflowId === undefined ? (
          <Link to="/" {...props} />
        ) : (
          <Link to="/workflows/$id" params={{ id: workflowId }} {...props} />
        )
      }
    >
      {t(workflowId === undefined ? 'runs.empty.action' : 'runs.empty.open')}
    </Button>
  )
  return (
    <EmptyState
      icon={<IconPlayerPlay size={26} aria-hidden />}
      title={t('runs.empty.title')}
      text={t('runs.empty.text')}
      action={action}
    />
  )
}
