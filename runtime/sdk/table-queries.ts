import type { Localized } from '#schemas/localized.ts'
import type { ParameterValue } from '#schemas/parameter.ts'
import type { VisualQuery } from '#schemas/visual-query.ts'
import type { NodeProblem } from './node-problem.ts'

/** A query that was put together without SQL, as a statement of its connection. */
export interface CompiledQuery {
  /** Readable, formatted; every value in it is a `:name`. Null: the query has problems. */
  readonly sql: string | null
  /** How many rows it gives, without reading them; null: problems. */
  readonly countSql: string | null
  /** Moments in it are computed when a run starts. */
  readonly parameters: Readonly<Record<string, ParameterValue>>
  /** The columns of the result, with what the catalog adds to them. */
  readonly outputs: readonly { readonly name: string; readonly personal: boolean; readonly nullable: boolean }[]
  /** What people call the table; null: there is none. */
  readonly title: Localized | null
  /** At their place in the query (`conditions/items/0/column`). */
  readonly problems: readonly NodeProblem[]
}

/** Makes statements of queries over the tables that a connection has. */
export interface TableQueries {
  /** `anew`: by what the database has now, not by what is kept of it. @throws AppError `connection-missing`, `connection-failed` … */
  compile(connection: string, query: VisualQuery, options?: { readonly anew?: boolean }): Promise<CompiledQuery>
}
