import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { outboxQuery } from '#editor/api/outbox.ts'
import { EmptyState } from '#editor/parts/empty-state.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'

const route = getRouteApi('/outbox')

/** What people got. */
export function OutboxScreen() {
  const { t } = useTranslation()
  const { runId, address } = route.useSearch()
  const query = useInfiniteQuery(
    outboxQuery({ ...(runId === undefined ? {} : { runId }), ...(address === undefined ? {} : { address }) }),
  )
  return (
    <Screen title={t('screens.outbox.title')}>
      <QueryState query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0) return <EmptyState title={t('screens.outbox.empty')} />
          return (
            <ul>
              {items.map((conversation) => (
                <li key={conversation.id}>{conversation.person.name ?? conversation.person.address}</li>
              ))}
            </ul>
          )
        }}
      </QueryState>
    </Screen>
  )
}
