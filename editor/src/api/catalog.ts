import { queryOptions } from '@tanstack/react-query'
import type { CatalogNamesAnswer, CatalogNamesInput, CatalogSample } from '#schemas/api/catalog.ts'
import type { Catalog } from '#schemas/catalog.ts'
import type { CatalogNames } from '#schemas/catalog-names.ts'
import { api, ApiError } from './client.ts'

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

/** A few rows of a table, personal values masked. Key `['catalog', connectionId, 'sample', table]`. */
export const tableSampleQuery = (connectionId: string, table: string) =>
  queryOptions({
    queryKey: ['catalog', connectionId, 'sample', table],
    queryFn: ({ signal }) => api.get<CatalogSample>(`${path(connectionId)}/sample`, { table }, { signal }),
    staleTime: 5 * 60_000,
    retry: false,
  })

/** The same, asked of the database now. */
export const readSampleAnew = (connectionId: string, table: string) =>
  api.get<CatalogSample>(`${path(connectionId)}/sample`, { table, fresh: true })

export const readCatalogNames = (connectionId: string) => api.get<CatalogNamesAnswer>(`${path(connectionId)}/names`)

/** Changes what people call things. Somebody else's change in between is kept: ours is made again over it. */
export async function changeCatalogNames(
  connectionId: string,
  change: (names: CatalogNames) => CatalogNames,
): Promise<CatalogNamesAnswer> {
  const write = async () => {
    const { revision, names } = await readCatalogNames(connectionId)
    return api.put<CatalogNamesAnswer>(`${path(connectionId)}/names`, {
      revision,
      names: change(names),
    } satisfies CatalogNamesInput)
  }
  try {
    return await write()
  } catch (error) {
    if (error instanceof ApiError && error.code === 'stale-revision') return write()
    throw error
  }
}
