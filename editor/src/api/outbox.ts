import { infiniteQueryOptions } from '@tanstack/react-query'
import type { OutboxPage, OutboxQuery } from '#schemas/api/outbox.ts'
import { api } from './client.ts'

export type OutboxFilter = Pick<OutboxQuery, 'runId' | 'address' | 'state'>

/** What people got, as conversations, page by page. Key `['outbox', filter]`. */
export const outboxQuery = (filter: OutboxFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['outbox', filter],
    queryFn: ({ pageParam, signal }) => api.get<OutboxPage>('/api/outbox', { ...filter, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
