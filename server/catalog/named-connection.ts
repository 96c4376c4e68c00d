import { connectionBut } from '#server/connections/connection-but.ts'
import type { CatalogTable } from '#schemas/catalog.ts'
import type { CatalogNames } from '#schemas/catalog-names.ts'
import type { Column } from '#schemas/column.ts'
import type { ColumnOrigin, SqlConnection, StatementShape } from '#runtime/sdk/index.ts'

/** What is known of a database without asking it. */
export interface SeenCatalog {
  readonly tables: readonly CatalogTable[]
  readonly names: CatalogNames
}

/**
 * A connection whose statements are described as people speak of the columns: friendly names, and what is masked. A column that the
 * statement itself calls otherwise keeps the name that somebody chose there; whose it is stays with it.
 */
export function namedConnection(connection: SqlConnection, seen: () => Promise<SeenCatalog | null>): SqlConnection {
  return connectionBut(connection, {
    async describe(sql, options) {
      const shape = await connection.describe(sql, options)
      const known = shape.origins?.some((origin) => origin !== null) === true ? await seen() : null
      return known ? { ...shape, columns: asSpokenOf(shape, known) } : shape
    },
  })
}

function asSpokenOf({ columns, origins = [] }: StatementShape, seen: SeenCatalog): Column[] {
  const tables = new Map(seen.tables.map((table) => [keyOf(table.schema, table.name), table]))
  return columns.map((column, place) => {
    const origin = origins[place]
    const table = origin && (tables.get(keyOf(origin.schema, origin.table)) ?? null)
    return table ? marked(column, { table, origin, names: seen.names }) : column
  })
}

const keyOf = (schema: string | null, table: string): string => JSON.stringify([schema, table])

function marked(
  column: Column,
  { table, origin, names }: { table: CatalogTable; origin: ColumnOrigin; names: CatalogNames },
): Column {
  const known = table.columns.find(({ name }) => name === origin.column)
  const label = column.name === origin.column ? (known?.displayName ?? null) : null
  const fields = Object.hasOwn(names, table.id) ? names[table.id]?.fields : undefined
  const said = fields && Object.hasOwn(fields, origin.column) ? fields[origin.column]?.personal : undefined
  // What is not known to be personal is still looked at by its name, behind this.
  const personal = said ?? (known?.personal ? true : undefined)
  return { ...column, ...(label !== null && { label }), ...(personal !== undefined && { personal }) }
}
