import Type, { type Static } from 'typebox'
import { ValueType } from './column.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A column of a table, as the database has it and as people call it. */
export const CatalogColumn = Type.Object({
  name: Type.String(),
  type: ValueType,
  /** The type's own name in the database (`int8`, `DATETIME(6)`). */
  sourceType: Type.String(),
  nullable: Type.Boolean(),
  primaryKey: Type.Boolean(),
  /** It leads an index: a condition on it need not read the whole table. */
  indexed: Type.Boolean(),
  /** The values that its type allows, where the database tells (ENUM). */
  values: Type.Optional(Type.Array(Type.String())),
  /** What people call it; null: nobody said yet, `titleOf` (catalog-title.ts) proposes one. */
  displayName: Nullable(Type.String()),
  description: Nullable(Type.String()),
  /** What the database itself says about it (COMMENT). A short one is proposed as its name. */
  comment: Nullable(Type.String()),
  /** May conditions be built on it? False only where somebody said so. */
  filterable: Type.Boolean(),
  /** Masked wherever a person looks. */
  personal: Type.Boolean(),
  /** What can be written to, as its name and its values say. */
  holds: Type.Optional(Type.Enum(['phone', 'email'])),
})
export type CatalogColumn = Static<typeof CatalogColumn>

/** How rows of one table belong to rows of another: column by column equal, in this order. */
export const CatalogRelation = Type.Object({
  columns: Type.Array(Type.String()),
  to: Type.Object({ table: Type.String(), columns: Type.Array(Type.String()) }),
  /** `declared`: a foreign key of the database · `guessed`: names, types and values say so · `told`: a person said so. */
  origin: Type.Enum(['declared', 'guessed', 'told']),
  /** At most one row of the other table belongs to a row of this one. */
  toOne: Type.Boolean(),
})
export type CatalogRelation = Static<typeof CatalogRelation>

export const CatalogTable = Type.Object({
  /** `customers`, or `sales.customers` outside the schema that is looked at first (PostgreSQL). Unique in a catalog. */
  id: Type.String(),
  schema: Nullable(Type.String()),
  name: Type.String(),
  kind: Type.Enum(['table', 'view']),
  /** As the database estimates it; null: it does not tell (views). */
  rowEstimate: Nullable(Type.Integer()),
  displayName: Nullable(Type.String()),
  description: Nullable(Type.String()),
  /** What the database itself says about it (COMMENT). A short one is proposed as its name. */
  comment: Nullable(Type.String()),
  /** Somebody said that it is not to be offered. */
  hidden: Type.Boolean(),
  columns: Type.Array(CatalogColumn),
  /** From this table to others. Each is used in both directions. */
  relations: Type.Array(CatalogRelation),
})
export type CatalogTable = Static<typeof CatalogTable>

/** What is in a connected database. */
export const Catalog = Type.Object({
  connectionId: Type.String(),
  dialect: Type.Enum(['postgres', 'mysql', 'mariadb']),
  /** When the database was asked; kept for a day unless somebody asks anew. */
  readAt: Type.String(),
  tables: Type.Array(CatalogTable),
  /** More tables than are shown: so many there are. */
  tableCount: Type.Integer(),
})
export type Catalog = Static<typeof Catalog>
