import Type, { type Static } from 'typebox'
import { CatalogNames } from '../catalog-names.ts'
import { Column } from '../column.ts'

/** PUT /api/connections/:id/catalog/names. Revision 0: nobody said anything yet. */
export const CatalogNamesInput = Type.Object({ revision: Type.Integer(), names: CatalogNames }, { additionalProperties: false })
export type CatalogNamesInput = Static<typeof CatalogNamesInput>

export const CatalogNamesAnswer = Type.Object({
  revision: Type.Integer(),
  names: CatalogNames,
  /** Named, and not in the database as it was last read: kept, in case they come back. */
  unknown: Type.Array(Type.Object({ table: Type.String(), column: Type.Union([Type.String(), Type.Null()]) })),
})
export type CatalogNamesAnswer = Static<typeof CatalogNamesAnswer>

/** GET /api/connections/:id/catalog/sample?table= : a few rows, personal values masked. */
export const CatalogSample = Type.Object({
  columns: Type.Array(Column),
  /** Values in the order of the columns. */
  rows: Type.Array(Type.Array(Type.Unknown())),
  /** When they were asked, where the connection keeps results to show them again; left out: now. */
  keptAt: Type.Optional(Type.String()),
})
export type CatalogSample = Static<typeof CatalogSample>
