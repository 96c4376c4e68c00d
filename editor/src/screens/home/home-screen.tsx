import { Button } from '@mantine/core'
import { IconPlus, IconSitemap } from '@tabler/icons-react'
import { useInfiniteQuery, usePrefetchInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { WorkflowItem } from '#schemas/api/workflows.ts'
import { connectionsQuery } from '#editor/api/connections.ts'
import { missedFiresQuery } from '#editor/api/schedules.ts'
import { useWelcome } from '#editor/api/welcome.ts'
import { workflowsQuery } from '#editor/api/workflows.ts'
import { noticesQuery } from '#editor/api/notices.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { NoticeBanner } from '#editor/parts/notice-banner.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { useNewWorkflow } from '../editor/use-new-workflow.ts'
import { useRenewOnRuns } from '../runs/use-live-runs.ts'
import { AttentionCard } from './attention-card.tsx'
import { attentionOf, type MissedByWorkflow } from './attention.ts'
import { Doors } from './doors.tsx'
import { ImportButton, ImportDrop } from './import-door.tsx'
import { ListSkeleton } from './list-skeleton.tsx'
import { TodayClock } from './today-clock.tsx'
import { withoutTold } from './told.ts'
import { WorkflowTable } from './workflow-table.tsx'

/** Up to this many workflows, ways to begin are offered. */
const FEW = 3

/** The list; at the very first start the first workflow itself, until somebody went past it. */
export function HomeScreen() {
  const { t } = useTranslation()
  const welcome = useWelcome()
  // Most come for the list: it is asked for at once, not after the answer whether somebody is new.
  usePrefetchInfiniteQuery(workflowsQuery)
  if (welcome === undefined)
    return (
      <Screen title={t('home.title')}>
        <div role="status" aria-busy="true" aria-label={t('frame.loading')}>
          <ListSkeleton />
        </div>
      </Screen>
    )
  if (welcome !== null) return <Navigate to="/workflows/$id" params={{ id: welcome }} search={{ view: 'welcome' }} replace />
  return <Home />
}

/** What needs attention, then the workflows. */
function Home() {
  const { t } = useTranslation()
  const query = useInfiniteQuery(workflowsQuery)
  useRenewOnRuns(['workflows'])
  const { create, creating } = useNewWorkflow()
  const actions = (
    <>
      <ImportButton />
      <Button leftSection={<IconPlus size={16} aria-hidden />} loading={creating} onClick={() => void create()}>
        {t('home.create')}
      </Button>
    </>
  )
  return (
    <Screen title={t('home.title')} aside={<TodayClock />} actions={actions}>
      <QueryState query={query} skeleton={<ListSkeleton />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          return (
            <ImportDrop>
              <NoticeBanner />
              <Attention items={items} />
              {items.length === 0 ? <NoWorkflows /> : <WorkflowTable items={items} />}
              {query.hasNextPage && (
                <Button mt={14} variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t('home.more')}
                </Button>
              )}
              {items.length <= FEW && <Doors busy={creating} onEmpty={() => void create()} />}
            </ImportDrop>
          )
        }}
      </QueryState>
    </Screen>
  )
}

function Attention({ items }: { items: readonly WorkflowItem[] }) {
  const connections = useQuery(connectionsQuery).data?.items ?? []
  const missed = useMissed(items)
  const notices = useQuery(noticesQuery).data?.items ?? []
  const needs = withoutTold(attentionOf({ workflows: items, connections, missed }), notices)
  return needs.length === 0 ? null : <AttentionCard items={needs} />
}

/** Missed times of the workflows that a schedule starts; only those are asked for. */
function useMissed(items: readonly WorkflowItem[]): MissedByWorkflow {
  const scheduled = items.filter(({ enabled, trigger }) => enabled && trigger?.type === 'schedule-trigger')
  const answers = useQueries({ queries: scheduled.map(({ id }) => missedFiresQuery(id)) })
  return new Map(scheduled.map(({ id }, place) => [id, answers[place]?.data?.items ?? []]))
}

function NoWorkflows() {
  const { t } = useTranslation()
  return <EmptyState icon={<IconSitemap size={26} aria-hidden />} title={t('home.empty.title')} text={t('home.empty.text')} />
}
