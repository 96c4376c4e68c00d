import { queryOptions } from '@tanstack/react-query'
import type { Health } from '#schemas/api/health.ts'
import type { WorkerList } from '#schemas/api/workers.ts'
import { api } from './client.ts'

/** Which parts of the server work. Key `['health']`. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => api.get<Health>('/api/health', undefined, { signal }),
  refetchInterval: 15_000,
})

/** While none lives, a person who looks waits for news. */
const SOON_MS = 3_000

/** Worker processes, those that live first. Key `['workers']`. */
export const workersQuery = queryOptions({
  queryKey: ['workers'],
  queryFn: ({ signal }) => api.get<WorkerList>('/api/workers', undefined, { signal }),
  refetchInterval: ({ state }) => (state.data?.items.some(({ alive }) => alive) === true ? 15_000 : SOON_MS),
})
