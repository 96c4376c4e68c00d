import type { Catalog, CatalogTable } from '#schemas/catalog.ts'
import type { CatalogNames, FieldNames, TableNames } from '#schemas/catalog-names.ts'

/** Without what nobody says any more: undefined, an empty text, an empty part. */
function said<Names extends object>(names: Names): Names {
  const isNothing = (value: unknown): boolean =>
    value === undefined || value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  // Members are left out, and all of them may be.
  return Object.fromEntries(Object.entries(names).filter(([, value]) => !isNothing(value))) as Names
}

/** The names with something else said about a table. */
export function withTable(names: CatalogNames, table: string, change: Partial<TableNames>): CatalogNames {
  return said({ ...names, [table]: said({ ...names[table], ...change }) })
}

/** The names with something else said about a column. */
export function withField(names: CatalogNames, [table, column]: [string, string], change: Partial<FieldNames>): CatalogNames {
  const fields = names[table]?.fields ?? {}
  return withTable(names, table, { fields: said({ ...fields, [column]: said({ ...fields[column], ...change }) }) })
}

/** What a file says goes before what was said; what it is silent about stays. */
export function mergedNames(old: CatalogNames, file: CatalogNames): CatalogNames {
  return Object.entries(file).reduce(
    (names, [table, { fields = {}, ...rest }]) =>
      Object.entries(fields).reduce(
        (inner, [column, field]) => withField(inner, [table, column], field),
        withTable(names, table, rest),
      ),
    old,
  )
}

/** A catalog with one of its tables changed: what a person sees at once, before the server has it. */
export function patched(catalog: Catalog, table: string, change: (table: CatalogTable) => CatalogTable): Catalog {
  return { ...catalog, tables: catalog.tables.map((one) => (one.id === table ? change(one) : one)) }
}
