import { queryOptions } from '@tanstack/react-query'
import type { Person } from '#schemas/api/people.ts'
import { api } from './client.ts'

/** What one exact address got in all runs. Key `['people', address]`; forgotten soon, since it is about somebody. */
export const personQuery = (address: string) =>
  queryOptions({
    queryKey: ['people', address],
    queryFn: ({ signal }) => api.post<Person>('/api/people', { address }, { signal }),
    gcTime: 60_000,
  })
