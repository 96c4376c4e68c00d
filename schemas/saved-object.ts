import Type, { type Static } from 'typebox'
import { Column } from './column.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Config = Type.Record(Type.String(), Type.Unknown())

export const SavedKind = Type.Enum(['target-query', 'variable-query', 'mapping-template', 'variable-mapping'])
export type SavedKind = Static<typeof SavedKind>

/** A step's settings, and the columns that came of it when it was kept: what whoever takes it may count on. */
export const SavedStep = Type.Object(
  {
    /** `sql-source`, `table-source`, `variable-query`. */
    type: Type.String({ minLength: 1, maxLength: 100 }),
    config: Config,
    columns: Type.Array(Column, { maxItems: 1600 }),
  },
  { additionalProperties: false },
)
export type SavedStep = Static<typeof SavedStep>

/** The variables of a mapping, each with its column, format and what happens when it is empty. */
export const SavedMapping = Type.Object({ variables: Type.Record(Type.String(), Config) }, { additionalProperties: false })
export type SavedMapping = Static<typeof SavedMapping>

/** One variable of a mapping. */
export const SavedVariable = Type.Object(
  { variable: Type.String({ minLength: 1, maxLength: 200 }), entry: Config },
  { additionalProperties: false },
)
export type SavedVariable = Static<typeof SavedVariable>

/** What is kept of each kind; `kind` decides. */
export const savedBodies = {
  'target-query': SavedStep,
  'variable-query': SavedStep,
  'mapping-template': SavedMapping,
  'variable-mapping': SavedVariable,
} as const satisfies Record<SavedKind, unknown>

const about = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  description: Type.String({ maxLength: 2000 }),
  /** One word of order, such as "reports"; empty: none. */
  category: Type.String({ maxLength: 100 }),
  tags: Type.Array(Type.String({ minLength: 1, maxLength: 50 }), { maxItems: 20 }),
  /** `private`: shown to whoever made it. */
  visibility: Type.Enum(['workspace', 'private']),
}

/** Something kept to be used again. */
export const SavedObject = Type.Object({
  id: Type.String(),
  kind: SavedKind,
  ...about,
  body: Config,
  /** Of whoever asks. */
  favorite: Type.Boolean(),
  usageCount: Type.Integer(),
  lastUsedAt: Nullable(Type.String()),
  revision: Type.Integer(),
  createdBy: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
})
export type SavedObject = Static<typeof SavedObject>

export const SavedObjectInput = Type.Object(
  {
    kind: SavedKind,
    name: about.name,
    description: Type.Optional(about.description),
    category: Type.Optional(about.category),
    tags: Type.Optional(about.tags),
    visibility: Type.Optional(about.visibility),
    body: Config,
  },
  { additionalProperties: false },
)
export type SavedObjectInput = Static<typeof SavedObjectInput>

/** PUT: the kind stays. */
export const SavedObjectChange = Type.Object(
  {
    revision: Type.Integer(),
    name: Type.Optional(about.name),
    description: Type.Optional(about.description),
    category: Type.Optional(about.category),
    tags: Type.Optional(about.tags),
    visibility: Type.Optional(about.visibility),
    body: Type.Optional(Config),
  },
  { additionalProperties: false },
)
export type SavedObjectChange = Static<typeof SavedObjectChange>
