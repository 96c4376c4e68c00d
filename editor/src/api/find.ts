import { queryOptions } from '@tanstack/react-query'
import type { Found } from '#schemas/api/find.ts'
import { api } from './client.ts'

/** What a text leads to. Key `['find', text]`; forgotten soon, since the text may be somebody's number. */
export const findQuery = (text: string) =>
  queryOptions({
    queryKey: ['find', text],
    queryFn: ({ signal }) => api.post<Found>('/api/find', { text }, { signal }),
    staleTime: 5_000,
    gcTime: 10_000,
  })
