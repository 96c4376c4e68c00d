import type { Catalog, CatalogColumn } from '#schemas/catalog.ts'
import { blankColumn } from '#schemas/catalog-blank.ts'
import type { Column } from '#schemas/column.ts'
import { markPersonal } from '#runtime/values/personal.ts'

/** What a database says of itself. */
export type ReadCatalog = Pick<Catalog, 'dialect' | 'tables'>

/** The same column, personal where its name says so, as everywhere else. */
export function namedColumn({ name, type }: Pick<Column, 'name' | 'type'>): CatalogColumn {
  return { ...blankColumn({ name, type }), personal: markPersonal([{ name, type }])[0]?.personal === true }
}
