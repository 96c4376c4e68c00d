import { infiniteQueryOptions } from '@tanstack/react-query'
import type { ConnectionQueryPage } from '#schemas/api/connection-queries.ts'
import { api } from './client.ts'

export type QueriesShown = 'all' | 'slow' | 'failed'

/** What was asked of a database, newest first. The first page stays fresh. Key `['connection', id, 'queries', show]`. */
export const connectionQueriesQuery = (id: string, show: QueriesShown) =>
  infiniteQueryOptions({
    queryKey: ['connection', id, 'queries', show],
    queryFn: ({ pageParam, signal }) =>
      api.get<ConnectionQueryPage>(
        `/api/connections/${encodeURIComponent(id)}/queries`,
        { limit: 20, ...(show !== 'all' && { show }), ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= 1 ? 5_000 : false),
  })
