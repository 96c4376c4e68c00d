import { Button, Skeleton } from '@mantine/core'
import { IconPlus, IconSitemap } from '@tabler/icons-react'
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { WorkflowItem } from '#schemas/api/workflows.ts'
import { connectionsQuery } from '#editor/api/connections.ts'
import { missedFiresQuery } from '#editor/api/schedules.ts'
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
import { TodayClock } from './today-clock.tsx'
import { withoutTold } from './told.ts'
import { WorkflowTable } from './workflow-table.tsx'

/** Up to this many workflows, ways to begin are offered. */
const FEW = 3

/** What needs attention, then the workflows. */
export function HomeScreen() {
  const { t } = useTranslation()
  const query = useInfiniteQuery(workflowsQuery)
  useRenewOnRuns(['workflows'])
  const { create, creating } = useNewWorkflow()
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} loading={creating} onClick={() => void create()}>
      {t('home.create')}
    </Button>
  )
  return (
    <Screen title={t('home.title')} aside={<TodayClock />} actions={add}>
      <QueryState query={query} skeleton={<Skeleton height={230} radius={14} />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          return (
            <>
              <NoticeBanner />
              <Attention items={items} />
              {items.length === 0 ? <NoWorkflows /> : <WorkflowTable items={items} />}
              {query.hasNextPage && (
                <Button mt={14} variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t('home.more')}
                </Button>
              )}
              {items.length <= FEW && <Doors busy={creating} onEmpty={() => void create()} />}
            </>
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
