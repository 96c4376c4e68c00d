import { queryOptions } from '@tanstack/react-query'
import type { CatalogSample } from '#schemas/api/catalog.ts'
import type { TableQueryCount, TableQueryStatement } from '#schemas/api/table-queries.ts'
import type { VisualQuery } from '#schemas/visual-query.ts'
import { api } from './client.ts'

const path = (connectionId: string, rest: string) => `/api/connections/${encodeURIComponent(connectionId)}/${rest}`

/** A query, and in which zone "today" is. */
export interface AskedQuery {
  readonly query: VisualQuery
  readonly timezone: string
}

/** The first rows of a table, personal values masked. */
export const tableRowsQuery = (connectionId: string, table: string) =>
  queryOptions({
    queryKey: ['table-rows', connectionId, table],
    queryFn: ({ signal }) => api.get<CatalogSample>(path(connectionId, 'catalog/sample'), { table }, { signal }),
    staleTime: 5 * 60_000,
    retry: false,
  })

/** The statement that a query becomes. */
export const statementQuery = (connectionId: string, asked: AskedQuery) =>
  queryOptions({
    queryKey: ['table-query', connectionId, asked],
    queryFn: ({ signal }) => api.post<TableQueryStatement>(path(connectionId, 'table-query'), asked, { signal }),
  })

/** How many rows it gives; ends in the database when the signal does. */
export const countRows = (connectionId: string, asked: AskedQuery, signal: AbortSignal) =>
  api.post<TableQueryCount>(path(connectionId, 'table-query/count'), asked, { signal })
