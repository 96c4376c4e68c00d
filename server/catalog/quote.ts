import type { CatalogTable } from '#schemas/catalog.ts'
import type { Dialect } from '#runtime/sdk/index.ts'

/** A name as a statement of our own writes it: always quoted. Names come from the database itself, never from people. */
export function quoted(name: string, dialect: Dialect): string {
  const quote = dialect === 'postgres' ? '"' : '`'
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`
}

export function quotedTable({ schema, name }: Pick<CatalogTable, 'schema' | 'name'>, dialect: Dialect): string {
  return schema === null ? quoted(name, dialect) : `${quoted(schema, dialect)}.${quoted(name, dialect)}`
}
