import { queryOptions } from '@tanstack/react-query'
import type { Parts } from '#schemas/api/parts.ts'
import { api } from './client.ts'

/** Published workflows that can be used inside others. Key `['parts']`; asked anew each time a form opens: one may have been published meanwhile. */
export const partsQuery = queryOptions({
  queryKey: ['parts'],
  queryFn: ({ signal }) => api.get<Parts>('/api/parts', undefined, { signal }),
  staleTime: 0,
})
