import type { PlanRead } from '#schemas/query-plan.ts'
import type { Column } from '#schemas/column.ts'
import type { Row, TemplateRef } from './rows.ts'
import type { StoredList, KnownList } from './list.ts'
import type { SetQueries, SqlConnection } from './sql.ts'
import type { Localized } from '#schemas/localized.ts'
import type { NodeProblem } from './node-problem.ts'
import type { TableQueries } from './table-queries.ts'

export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
}

export interface Clock {
  now(): Date
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Facts of the run that statements may bind: `:run_started_at`, `:previous_run_at` (instants), and the trigger's payload. */
export interface RunFacts {
  readonly startedAt: string
  readonly previousRunAt: string | null
  readonly trigger: Row
}

/** Requests that a node may make to the outside; GET only in a preview. */
export interface Http {
  request(options: {
    method: string
    url: string
    headers?: Record<string, string>
    body?: string
    timeoutMs?: number
    signal?: AbortSignal
  }): Promise<{ status: number; headers: Record<string, string>; body: string }>
}

export interface ReportedCost {
  readonly statements: number
  readonly databaseMs: number
  /** Parameter sets for which more than one row came back, of which the first was taken. */
  readonly ambiguous?: number
}

/** What the host grants a node while it works. Timing, counters, retries stay with the host. */
export interface NodeContext {
  /** Id of the step in its workflow: the same in every run. */
  readonly nodeId: string
  readonly signal: AbortSignal
  readonly log: Log
  readonly clock: Clock
  /** Preview: nothing is sent, and what is read is limited. */
  readonly preview: boolean
  /** At most so many rows of the source are wanted (preview); undefined: all. */
  readonly maxRows?: number
  readonly timezone: string
  readonly run: RunFacts
  /** Reading access to a database connection. Throws `connection-missing`. */
  connection(id: string): Promise<SqlConnection>
  /** A service that is asked by HTTP: `url` is a path below its address, its secrets are added on the way; GET only in a preview. Throws `connection-missing`. */
  service(id: string): Promise<Http>
  /** A list that people brought along, in the version that this run reads. Throws `list-missing`. */
  list(id: string): Promise<StoredList>
  readonly queries: SetQueries
  /** Statements of queries that were put together without SQL. */
  readonly tables: TableQueries
  /** The columns of each connected input, and what was described for this node. */
  readonly inputs: Readonly<Record<string, readonly Column[]>>
  readonly described: Described | null
  /** The pinned version of this node's own text (`text` of its type); null where nothing is pinned yet (preview). */
  readonly template: TemplateRef | null
  /** Tells the host what a read cost; shown at the node. */
  report(cost: ReportedCost): void
}

/** What only the outside knew of a node, cached by config, connection and input columns, and pinned with a version. */
export interface Described {
  readonly columns: readonly Column[]
  readonly parameters?: readonly { readonly name: string; readonly column: Column | null }[]
  /** Big tables that the statement would read from end to end again and again. A fact of the draft: it is not pinned. */
  readonly wholeTables?: readonly PlanRead[]
  /** What people call what was asked. Not pinned. */
  readonly title?: Localized
  /** What is wrong with the config, as only the outside could tell. Not pinned: nothing with an error is. */
  readonly problems?: readonly NodeProblem[]
}

export interface DescribeContext {
  readonly signal: AbortSignal
  readonly timezone: string
  connection(id: string): Promise<SqlConnection>
  service(id: string): Promise<Http>
  list(id: string): Promise<StoredList>
  readonly queries: SetQueries
  readonly tables: TableQueries
}

export interface KnownConnection {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly role: 'database' | 'service' | 'provider'
  readonly channels: readonly string[]
  readonly dialect: string | null
  /** Another text whenever people call its tables and columns otherwise. */
  readonly naming?: string
}

/** What `columns()` may lean on besides the config: pure data, collected before. */
export interface Known {
  readonly described: Described | null
  /** Whether an attempt to describe was made and failed; its error is a problem already. */
  readonly describeFailed: boolean
  readonly timezone: string
  connection(id: string): KnownConnection | null
  list(id: string): KnownList | null
}
