import type { InnerSource } from '#runtime/inner/inner-workflows.ts'
import type { Lists } from '#runtime/sdk/list.ts'
import type { TableQueries } from '#runtime/sdk/table-queries.ts'
import type { Clock, Http, KnownConnection, Log, SetQueries, SqlConnection } from '#runtime/sdk/index.ts'

/** Which step asks a database for rows; noted beside what it asked. */
export interface Asking {
  readonly nodeId: string
  readonly preview: boolean
}

/**
 * What the runtime needs from outside to work on one workspace's workflows. `server/` implements it; tests may, too.
 * The runtime itself opens no socket and knows no SQL of the platform.
 */
export interface Host {
  /** Reading access to a database connection. Throws `connection-missing`, `connection-failed` … */
  connection(id: string, asker?: Asking): Promise<SqlConnection>
  /** A service that is asked by HTTP, below its address and with its secrets. Throws `connection-missing`. */
  service(id: string): Promise<Http>
  /** What is known of a connection without asking it; null: there is none with this id. */
  known(id: string): KnownConnection | null
  /** Lists that people brought along; of a run: in the versions that it pinned. */
  readonly lists: Lists
  /** Workflows that others use inside. */
  readonly inner: InnerSource
  readonly queries: SetQueries
  /** Queries that were put together from the tables of a connection. */
  readonly tables: TableQueries
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
}
