import { queryOptions } from '@tanstack/react-query'
import type { PastMappings } from '#schemas/api/past-mappings.ts'
import { api } from './client.ts'

/** What people have mapped in other workflows than this one. Key `['past-mappings', except]`. */
export const pastMappingsQuery = (except: string) =>
  queryOptions({
    queryKey: ['past-mappings', except],
    queryFn: ({ signal }) => api.get<PastMappings>('/api/past-mappings', { except }, { signal }),
    staleTime: 5 * 60_000,
  })
