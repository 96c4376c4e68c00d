import { queryOptions } from '@tanstack/react-query'
import type { Health, WorkerHealth } from '#schemas/api/health.ts'
import { api } from './client.ts'

/** Which parts of the server work. Key `['health']`. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => api.get<Health>('/api/health', undefined, { signal }),
  refetchInterval: 15_000,
})

/** The workers that live, on whatever machine. Key `['health', 'workers']`. */
export const workersQuery = queryOptions({
  queryKey: ['health', 'workers'],
  queryFn: ({ signal }) => api.get<WorkerHealth>('/api/health/worker', undefined, { signal }),
  refetchInterval: 15_000,
})
