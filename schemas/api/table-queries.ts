import Type, { type Static } from 'typebox'
import { ParameterValue } from '../parameter.ts'
import { Problem } from '../problem.ts'
import { VisualQuery } from '../visual-query.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** POST /api/connections/:id/table-query. `timezone`: the workflow's: what "today" means. */
export const TableQueryInput = Type.Object(
  { query: VisualQuery, timezone: Type.String({ maxLength: 100 }) },
  { additionalProperties: false },
)
export type TableQueryInput = Static<typeof TableQueryInput>

/** The statement of a query; null: it has problems. Moments in its parameters are computed when it runs. */
export const TableQueryStatement = Type.Object({
  sql: Nullable(Type.String()),
  parameters: Type.Record(Type.String(), ParameterValue),
  problems: Type.Array(Problem),
})
export type TableQueryStatement = Static<typeof TableQueryStatement>

/** How many rows a query gives now. */
export const TableQueryCount = Type.Object({ count: Type.Integer(), databaseMs: Type.Number() })
export type TableQueryCount = Static<typeof TableQueryCount>
