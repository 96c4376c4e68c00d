import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import type { Column } from '#schemas/column.ts'
import { markPersonal } from '#runtime/values/personal.ts'

/** What a database says of itself. */
export type ReadCatalog = Pick<Catalog, 'dialect' | 'tables'>

/** A table of which nothing is known but its name. */
export const blankTable = (name: string): CatalogTable => ({
  id: name,
  schema: null,
  name,
  kind: 'table',
  rowEstimate: null,
  displayName: null,
  description: null,
  comment: null,
  hidden: false,
  columns: [],
  relations: [],
})

/** A column of which nothing is known but its name and type. Personal where the name says so, as everywhere else. */
export function blankColumn({ name, type }: Pick<Column, 'name' | 'type'>): CatalogColumn {
  return {
    name,
    type,
    sourceType: '',
    nullable: true,
    primaryKey: false,
    indexed: false,
    displayName: null,
    description: null,
    comment: null,
    filterable: true,
    personal: markPersonal([{ name, type }])[0]?.personal === true,
  }
}
