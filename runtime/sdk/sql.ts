import type { Column } from '#schemas/column.ts'
import type { ConnectionZones } from '#schemas/moment.ts'
import type { PlanRead, QueryPlan } from '#schemas/query-plan.ts'
import type { Dialect } from '#schemas/sql/dialect.ts'
import type { Value } from './rows.ts'

export type { Dialect }

/** A statement with `:name` parameters, and their values. Values are always bound, never written into the text. */
export interface Statement {
  readonly sql: string
  readonly parameters: Readonly<Record<string, Value>>
}

/** The shape of a statement's result, asked without fetching a row. */
export interface StatementShape {
  readonly columns: readonly Column[]
  /** The `:names` in the statement, in order of first use, with the type the database expects where it tells. */
  readonly parameters: readonly { readonly name: string; readonly column: Column | null }[]
  /** In the order of the columns, where the database tells: which column of a table each is. Null: it is computed. */
  readonly origins?: readonly (ColumnOrigin | null)[]
}

/** The column of a table that a column of a result is, by its names in the database. */
export interface ColumnOrigin {
  /** Null: the dialect has none, or the connection's own. */
  readonly schema: string | null
  readonly table: string
  readonly column: string
}

export interface QueryOptions {
  readonly signal?: AbortSignal
  /** At most so many rows; the rest is not fetched. */
  readonly maxRows?: number
  /** Statement time-out. Default 30 s for `query`, none beyond the session's for `stream`. */
  readonly timeoutMs?: number
  /** `stream`: longest time without a row while the connection stands; default 5 min, 30 min before the first row. */
  readonly silenceMs?: number
}

export interface QueryResult {
  readonly columns: readonly Column[]
  /** One array per row, values in the order of `columns`, in the forms of schemas/column.ts. */
  readonly rows: readonly (readonly Value[])[]
  readonly databaseMs: number
}

/** Rows as a source reads them: columns once, then arrays in their order. Ends only when the end of the result arrived on a live connection. */
export interface RowStream {
  readonly columns: readonly Column[]
  [Symbol.asyncIterator](): AsyncIterator<readonly (readonly Value[])[]>
}

/**
 * Reading access to a company's database. Every statement is one parsed query, run in a read-only transaction with limits.
 * Errors are AppErrors: `sql-error` with a position, `sql-not-a-query`, `connection-failed`, `source-broken` …
 */
export interface SqlConnection {
  readonly dialect: Dialect
  /** Where its clocks are: what a wall time in a column means, and how an instant is bound. */
  zones(): Promise<ConnectionZones>
  /** Columns and parameters of a statement; fetches no row. */
  describe(sql: string, options?: QueryOptions): Promise<StatementShape>
  /** The whole result, at most `maxRows`. */
  query(statement: Statement, options?: QueryOptions): Promise<QueryResult>
  /** One statement, one snapshot, batches of up to `batchSize` rows, read one batch ahead and no further. */
  stream(statement: Statement, options?: QueryOptions & { batchSize?: number }): Promise<RowStream>
  /**
   * How the database would go about a query; runs nothing. Parameters without a value stand for any. Not every connection can tell.
   * Errors as those of `query`.
   */
  explain?(statement: Statement, options?: QueryOptions): Promise<QueryPlan>
}

/** One answer per parameter set of a variable query: the first row by the query's own order, or none. */
export interface SetAnswers {
  readonly columns: readonly Column[]
  /** In the order of the sets: values by column, `null` where there was no row, an error where this set's query failed. */
  readonly answers: readonly (SetAnswer | null)[]
  readonly statements: number
  readonly databaseMs: number
  /** Sets for which more than one row came back. */
  readonly ambiguous: number
  /** `grouped`: one GROUP BY for all · `lateral`: one statement for all, the query once a set in it · `each`: a statement a set · `none`: nothing was asked. */
  readonly strategy: 'grouped' | 'lateral' | 'each' | 'none'
}

export type SetAnswer = { readonly values: readonly Value[] } | { readonly error: import('./app-error.ts').AppError }

/** The set-based form of a per-recipient query (architecture.md "Variable queries without N+1"). */
export interface SetQueries {
  /** `sets` are distinct; names in each set are those of the statement's parameters. */
  answer(
    connection: SqlConnection,
    query: { sql: string; shape: StatementShape; sets: readonly Readonly<Record<string, Value>>[] },
    signal?: AbortSignal,
  ): Promise<SetAnswers>
  /**
   * The big tables that would be read from end to end once for each set, as the database plans it; none where one reading answers all
   * sets, or where the database does not tell.
   */
  wholeTables?(
    connection: SqlConnection,
    query: { sql: string; shape: StatementShape },
    signal?: AbortSignal,
  ): Promise<PlanRead[]>
}
