import type { CatalogTable } from '#schemas/catalog.ts'
import { quoteName } from '#schemas/sql-names.ts'
import type { Dialect } from '#runtime/sdk/index.ts'

/** A table as a statement of our own names it. Names come from the database itself, never from people. */
export function quotedTable({ schema, name }: Pick<CatalogTable, 'schema' | 'name'>, dialect: Dialect): string {
  return schema === null ? quoteName(name, dialect) : `${quoteName(schema, dialect)}.${quoteName(name, dialect)}`
}
