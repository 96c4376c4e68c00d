import { queryOptions } from '@tanstack/react-query'
import type { Catalog } from '#schemas/catalog.ts'
import { api } from './client.ts'

const path = (connectionId: string) => `/api/connections/${encodeURIComponent(connectionId)}/catalog`

/** What is in a connected database, as it was read within the last day. Key `['catalog', connectionId]`. */
export const catalogQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['catalog', connectionId],
    queryFn: ({ signal }) => api.get<Catalog>(path(connectionId), undefined, { signal }),
    staleTime: 5 * 60_000,
  })

/** The same, asked of the database now. */
export const readCatalogAnew = (connectionId: string) => api.get<Catalog>(path(connectionId), { fresh: true })
