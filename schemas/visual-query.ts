import Type, { type Static } from 'typebox'
import { QUERY_OPERATORS, type QueryOperator } from './condition-operators.ts'
import { RelativeRange } from './relative-range.ts'

const Name = Type.String({ minLength: 1, maxLength: 200 })

// Object.keys forgets that these are the operators' own names.
const operators = Object.keys(QUERY_OPERATORS) as QueryOperator[]

/** One step from a table to another: column by column equal, in this order. A relation of the catalog, in either direction. */
export const QueryRelation = Type.Object(
  {
    columns: Type.Array(Name, { minItems: 1, maxItems: 16 }),
    to: Type.Object({ table: Name, columns: Type.Array(Name, { minItems: 1, maxItems: 16 }) }),
  },
  { additionalProperties: false },
)
export type QueryRelation = Static<typeof QueryRelation>

/** A table that lends columns: to each row belongs at most one of its rows, so that nobody appears twice. */
export const QueryJoin = Type.Object(
  {
    /** How columns name it (`of`), and how the statement does. */
    id: Type.String({ pattern: '^[\\p{L}_][\\p{L}\\p{N}_]*$', maxLength: 60 }),
    /** The join that it starts from; the main table where it is not said. */
    from: Type.Optional(Name),
    relation: QueryRelation,
  },
  { additionalProperties: false },
)
export type QueryJoin = Static<typeof QueryJoin>

/** A column of the main table, or of the join `of`. Inside a condition on related rows: of their table. */
const place = { column: Type.String({ maxLength: 200 }), of: Type.Optional(Name) }

export const QueryCondition = Type.Object(
  {
    ...place,
    is: Type.Enum(operators),
    value: Type.Optional(Type.String({ maxLength: 10_000 })),
    /** Of `between`: the other end, which is in it. */
    to: Type.Optional(Type.String({ maxLength: 10_000 })),
    /** Of `within`. */
    range: Type.Optional(RelativeRange),
  },
  { additionalProperties: false },
)
export type QueryCondition = Static<typeof QueryCondition>

const Match = Type.Enum(['some', 'none', 'at-least', 'at-most'])

/** A condition on rows that belong to this one, over one or more relations: how many of them must meet `where`. */
export interface RelatedCondition {
  match: Static<typeof Match>
  /** Of `at-least` and `at-most`. */
  count?: number
  along: QueryRelation[]
  where: QueryConditions
}

/** Conditions joined by and (`all`) or or (`any`); groups and related rows inside each other at most five deep. */
export interface QueryConditions {
  join: 'all' | 'any'
  items: (QueryCondition | RelatedCondition | QueryConditions)[]
}

const Along = Type.Array(QueryRelation, { minItems: 1, maxItems: 4 })

function group(depth: number): Type.TSchema {
  const inside = depth === 0 ? null : group(depth - 1)
  const related =
    inside &&
    Type.Object(
      { match: Match, count: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })), along: Along, where: inside },
      { additionalProperties: false },
    )
  return Type.Object(
    {
      join: Type.Enum(['all', 'any']),
      items: Type.Array(inside && related ? Type.Union([QueryCondition, related, inside]) : QueryCondition, { maxItems: 100 }),
    },
    { additionalProperties: false },
  )
}

export const QueryConditions: Type.TSchema = group(4)

/** A column of the result. `as`: what everything behind calls it, and no other column of the query. */
const As = Type.String({ minLength: 1, maxLength: 60 })
const PlainColumn = Type.Object({ ...place, as: As }, { additionalProperties: false })

/** What to make of rows that belong to a person: one value. `latest`: of the row with the greatest `by`. */
const AggregateColumn = Type.Object(
  {
    aggregate: Type.Enum(['count', 'sum', 'average', 'lowest', 'highest', 'latest']),
    along: Along,
    column: Type.Optional(Name),
    by: Type.Optional(Name),
    where: Type.Optional(Type.Unsafe<QueryConditions>(group(2))),
    as: As,
  },
  { additionalProperties: false },
)
export type QueryAggregate = Static<typeof AggregateColumn>
export const QueryColumn = Type.Union([PlainColumn, AggregateColumn])
export type QueryColumn = Static<typeof QueryColumn>

/** What rows are ordered by: a column, or (`output`) a column of the result. Rows without a value come last. */
const QueryOrder = Type.Union([
  Type.Object({ ...place, descending: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  Type.Object({ output: Name, descending: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
])
export type QueryOrder = Static<typeof QueryOrder>

/** A query that was put together without SQL. One row of `table` is one row of the result. */
export const VisualQuery = Type.Object(
  {
    /** Id of a table of the catalog; empty: not chosen yet. */
    table: Type.String({ maxLength: 200 }),
    joins: Type.Optional(Type.Array(QueryJoin, { maxItems: 20 })),
    columns: Type.Array(QueryColumn, { maxItems: 200 }),
    conditions: Type.Optional(Type.Unsafe<QueryConditions>(QueryConditions)),
    order: Type.Optional(Type.Array(QueryOrder, { maxItems: 10 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
  },
  { additionalProperties: false },
)
export type VisualQuery = Static<typeof VisualQuery>

export function isQueryGroup(item: QueryConditions['items'][number]): item is QueryConditions {
  return 'items' in item
}

export function isRelated(item: QueryConditions['items'][number]): item is RelatedCondition {
  return 'along' in item
}
