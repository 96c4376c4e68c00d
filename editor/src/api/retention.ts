import { queryOptions } from '@tanstack/react-query'
import type { ErasedPerson, Retention } from '#schemas/api/retention.ts'
import { api } from './client.ts'

/** How long people and messages are kept. Key `['retention']`. */
export const retentionQuery = queryOptions({
  queryKey: ['retention'],
  queryFn: ({ signal }) => api.get<Retention>('/api/retention', undefined, { signal }),
})

export const changeRetention = (change: Retention) => api.put<Retention>('/api/retention', change)

/** Erases one person in all runs, for ever. The address goes in the body: in a path it would end in logs. */
export const erasePerson = (address: string) => api.post<ErasedPerson>('/api/people/erase', { address })
