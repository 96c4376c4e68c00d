import Type, { type Static } from 'typebox'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** One reading of a table in a plan. */
export const PlanRead = Type.Object({
  /** As the database calls it. */
  table: Type.String(),
  /** `all`: every row · `range`, `lookup`: by an index · `one`: at most one row. */
  way: Type.Enum(['all', 'range', 'lookup', 'one']),
  index: Nullable(Type.String()),
  /** Rows that are looked at each time, as the database estimates it. */
  rows: Nullable(Type.Number()),
  /** How often it is read, as estimated: 1, or once for each row of what stands before it. */
  times: Nullable(Type.Number()),
  /** Columns that rows are compared by after they were read: an index on them would save the reading. */
  comparedBy: Type.Array(Type.String()),
})
export type PlanRead = Static<typeof PlanRead>

/** How a database would go about a query, in what its dialects have in common. */
export const QueryPlan = Type.Object({
  reads: Type.Array(PlanRead),
  sorts: Type.Boolean(),
  /** Rows are gathered by a GROUP BY or an aggregate. */
  groups: Type.Boolean(),
  /** Rows that come out, as the database estimates it. */
  rows: Nullable(Type.Number()),
  /** In units of the database's own; comparable on one server only. */
  cost: Nullable(Type.Number()),
})
export type QueryPlan = Static<typeof QueryPlan>
