import type { CatalogTable } from '#schemas/catalog.ts'
import { titleOf } from '#schemas/catalog-title.ts'
import { findKorean } from '#schemas/korean-search.ts'
import type { Language } from '#schemas/localized.ts'

export interface FoundTable {
  readonly table: CatalogTable
  /** Columns that were meant, where the table itself is called otherwise. */
  readonly columns: readonly string[]
}

/** Tables by their names, the names of their columns, and what people call both; the table's own name first. Initials will do. */
export function findTables(tables: readonly CatalogTable[], query: string, language: Language): FoundTable[] {
  if (query.trim() === '') return tables.map((table) => ({ table, columns: [] }))
  const isIn = (...texts: (string | null)[]): boolean => texts.some((text) => text !== null && findKorean(text, query) !== null)
  const [own, byColumn]: [FoundTable[], FoundTable[]] = [[], []]
  for (const table of tables) {
    if (isIn(table.id, titleOf(table, language), table.description)) {
      own.push({ table, columns: [] })
      continue
    }
    const columns = table.columns
      .filter((column) => isIn(column.name, titleOf(column, language)))
      .map((column) => titleOf(column, language))
    if (columns.length > 0) byColumn.push({ table, columns })
  }
  return [...own, ...byColumn]
}
