import { Button, Skeleton } from '@mantine/core'
import { IconVersions } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Workflow, WorkflowVersion } from '#schemas/api/workflows.ts'
import { versionsQuery } from '#editor/api/versions.ts'
import { workflowQuery } from '#editor/api/workflows.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { WorkflowCrumb } from '#editor/parts/workflow-crumb.tsx'
import { ComparedVersions } from './compared-versions.tsx'
import { chosenPair } from './chosen-pair.ts'
import { VersionList } from './version-list.tsx'
import styles from './versions.module.css'

const route = getRouteApi('/workflows/$id/versions')

/** What was published when, what changed from version to version, and the way back. The address holds both sides of the comparison. */
export function VersionsScreen({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation()
  const workflow = useQuery(workflowQuery(workflowId))
  const versions = useInfiniteQuery(versionsQuery(workflowId))
  const more = versions.hasNextPage && (
    <Button size="xs" variant="subtle" loading={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
      {t('versions.more')}
    </Button>
  )
  return (
    <Screen title={t('versions.title')} crumbs={<WorkflowCrumb id={workflowId} />}>
      <QueryState query={workflow} skeleton={<Waiting />}>
        {(head) => (
          <QueryState query={versions} skeleton={<Waiting />}>
            {({ pages }) => <Both head={head} items={pages.flatMap(({ items }) => items)} more={more} />}
          </QueryState>
        )}
      </QueryState>
    </Screen>
  )
}

function Waiting() {
  return (
    <div className={styles.page}>
      <Skeleton height={150} radius={14} />
      <div className={styles.compared}>
        {[32, 110, 150].map((height) => (
          <Skeleton key={height} height={height} radius={14} />
        ))}
      </div>
    </div>
  )
}

function Both({ head, items, more }: { head: Workflow; items: readonly WorkflowVersion[]; more: React.ReactNode }) {
  const search = route.useSearch()
  if (items.length === 0) return <NoVersions id={head.id} />
  const pair = chosenPair(search, items)
  return (
    <div className={styles.page}>
      <VersionList head={head} items={items} chosen={pair.version} more={more} />
      <ComparedVersions key={`${pair.version} ${pair.base}`} head={head} items={items} pair={pair} />
    </div>
  )
}

function NoVersions({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<IconVersions size={26} aria-hidden />}
      title={t('versions.none')}
      text={t('versions.noneText')}
      action={
        <Button variant="default" renderRoot={(props) => <Link to="/workflows/$id" params={{ id }} {...props} />}>
          {t('versions.toEditor')}
        </Button>
      }
    />
  )
}
