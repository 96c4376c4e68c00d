import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Totals, TotalsQuery } from '#schemas/api/totals.ts'
import { api } from './client.ts'

/** What was sent on which day, by workflow and step. Key `['totals', range]`. */
export const totalsQuery = (range: Pick<TotalsQuery, 'from' | 'to'>) =>
  queryOptions({
    queryKey: ['totals', range],
    queryFn: ({ signal }) => api.get<Totals>('/api/totals', { ...range }, { signal }),
    // Another range: the old days stand there until the new ones come.
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    refetchInterval: 60_000,
  })
