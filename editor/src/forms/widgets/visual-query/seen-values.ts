import { useQuery } from '@tanstack/react-query'
import { tableRowsQuery } from '#editor/api/table-queries.ts'
import { plainText } from '#editor/model/plain-text.ts'
import type { CatalogColumn } from '#schemas/catalog.ts'

/** Longer texts are no choices. */
const LONGEST = 40
const MOST = 20

/** Values that the first rows of a table have in a column; of what is personal none. */
export function useSeenValues(
  connection: string,
  { table, column }: { table: string; column: CatalogColumn | undefined },
): string[] {
  const wanted = column !== undefined && !column.personal && column.type === 'text'
  const sample = useQuery({ ...tableRowsQuery(connection, table), enabled: wanted && table !== '' }).data
  const at = sample?.columns.findIndex(({ name }) => name === column?.name) ?? -1
  if (!wanted || !sample || at < 0) return []
  const texts = sample.rows.map((row) => plainText(row[at])).filter((text) => text !== '' && text.length <= LONGEST)
  return [...new Set(texts)].toSorted((a, b) => a.localeCompare(b)).slice(0, MOST)
}
