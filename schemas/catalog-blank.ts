import type { CatalogColumn, CatalogTable } from './catalog.ts'
import type { Column } from './column.ts'

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

/** A column of which nothing is known but its name and type. */
export const blankColumn = ({ name, type }: Pick<Column, 'name' | 'type'>): CatalogColumn => ({
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
  personal: false,
})
