import type { CatalogSample } from '#schemas/api/catalog.ts'
import type { Catalog, CatalogColumn } from '#schemas/catalog.ts'
import { quoteName } from '#schemas/sql-names.ts'
import type { Column } from '#schemas/column.ts'
import { showValue } from '#runtime/preview/show.ts'
import { AppError, type SqlConnection } from '#runtime/sdk/index.ts'
import { quotedTable } from './quote.ts'

const ROWS = 5
/** A view may have to work for its first row; nobody waits longer for an example. */
const TIMEOUT_MS = 4000
const COLUMNS = 200

/** The first rows of a table as they lie there, as people may see them. @throws AppError `not-found` for a table that is not in the catalog, `sql-timeout` … */
export async function sampleTable(database: SqlConnection, catalog: Catalog, tableId: string): Promise<CatalogSample> {
  const table = catalog.tables.find(({ id }) => id === tableId)
  if (!table) throw new AppError('not-found', { what: 'table' })
  const wanted = table.columns.slice(0, COLUMNS)
  const list = wanted.map(({ name }) => quoteName(name, database.dialect)).join(', ')
  const sql = `select ${list} from ${quotedTable(table, database.dialect)} limit ${ROWS}`
  const { columns, rows } = await database.query({ sql, parameters: {} }, { maxRows: ROWS, timeoutMs: TIMEOUT_MS })
  const shown = columns.map((column, place): Column => asCalled(column, wanted[place]))
  return {
    columns: shown,
    // Pictures and files say nothing as letters.
    rows: rows.map((row) =>
      row.map((value, place) => {
        const column = shown[place]
        return column && column.type !== 'bytes' ? showValue(column, value) : null
      }),
    ),
  }
}

/** A column of rows with what the catalog knows of it. */
export function asCalled(column: Column, known: CatalogColumn | undefined): Column {
  if (!known) return column
  const { displayName, personal } = known
  return { ...column, personal, ...(displayName !== null && { label: displayName }) }
}
