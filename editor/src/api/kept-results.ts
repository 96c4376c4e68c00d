import { queryOptions } from '@tanstack/react-query'
import type { KeptResults } from '#schemas/api/kept-results.ts'
import { api } from './client.ts'

const path = (id: string) => `/api/connections/${encodeURIComponent(id)}/results`

/** What is kept of a connection's results to be shown again. Key `['connection', id, 'results']`. */
export const keptResultsQuery = (id: string) =>
  queryOptions({
    queryKey: ['connection', id, 'results'],
    queryFn: ({ signal }) => api.get<KeptResults>(path(id), undefined, { signal }),
    refetchInterval: 30_000,
  })

export const emptyResults = (id: string) => api.delete(path(id))
