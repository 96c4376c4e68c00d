import { createContext, useContext } from 'react'
import type { Catalog, CatalogTable } from '#schemas/catalog.ts'

/** What every part of the form knows. */
interface QueryContent {
  readonly catalog: Catalog
  readonly connection: string
  readonly timezone: string
}

const Context = createContext<QueryContent | null>(null)
export const QueryContextProvider = Context.Provider

export function useQueryContext(): QueryContent {
  const found = useContext(Context)
  if (found === null) throw new Error('Parts of a query stand inside of its form.')
  return found
}

/** The table that an id stands for, where it is (still) there. */
export function useTable(id: string): CatalogTable | undefined {
  return useQueryContext().catalog.tables.find((table) => table.id === id)
}
