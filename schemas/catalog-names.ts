import Type, { type Static } from 'typebox'

const more = { additionalProperties: true }
const Text = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

/** What people say about a column. Members that are not known here are kept. */
export const FieldNames = Type.Object(
  {
    displayName: Text(200),
    description: Text(2000),
    /** Of files from elsewhere (`string`, `number` …): kept, and not used. The database knows. */
    type: Text(100),
    filterable: Type.Optional(Type.Boolean()),
    personal: Type.Optional(Type.Boolean()),
  },
  more,
)
export type FieldNames = Static<typeof FieldNames>

/** How rows belong together, told where no foreign key says it; `none`: a guess that is wrong. */
export const ToldRelation = Type.Object({
  columns: Type.Array(Type.String(), { minItems: 1, maxItems: 16 }),
  to: Type.Object({ table: Type.String(), columns: Type.Array(Type.String(), { minItems: 1, maxItems: 16 }) }),
  toOne: Type.Optional(Type.Boolean()),
  none: Type.Optional(Type.Boolean()),
})
export type ToldRelation = Static<typeof ToldRelation>

export const TableNames = Type.Object(
  {
    displayName: Text(200),
    description: Text(2000),
    hidden: Type.Optional(Type.Boolean()),
    fields: Type.Optional(Type.Record(Type.String(), FieldNames)),
    relations: Type.Optional(Type.Array(ToldRelation, { maxItems: 200 })),
  },
  more,
)
export type TableNames = Static<typeof TableNames>

/** Table mappings: what people call tables and columns, by id of the table and name of the column. */
export const CatalogNames = Type.Record(Type.String(), TableNames)
export type CatalogNames = Static<typeof CatalogNames>
