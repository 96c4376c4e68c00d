import type { Pool } from 'pg'
import type { PgBoss } from 'pg-boss'
import type { Plan } from '#runtime/compile/plan.ts'
import type { Host } from '#runtime/host.ts'
import type { AppError, Clock, Log, ProviderSession, ProviderType } from '#runtime/sdk/index.ts'
import type { Pinned } from '#schemas/pinned.ts'
import type { LimitsOptions } from '#server/limits/limits.ts'
import type { HostAbout } from '#server/connections/host.ts'
import type { PinnedLists } from '#server/lists/read-list.ts'
import type { Box } from '#server/secrets/box.ts'

/** A provider's connection, open. */
export interface OpenProvider {
  readonly type: ProviderType
  readonly session: ProviderSession
  /** What people call the connection. */
  readonly name: string
  /** The connection's settings; `concurrency` says how many lanes it takes. */
  readonly settings: Readonly<Record<string, unknown>>
}

/** What the pinned graph of a run needs to become a plan again, and to be compared with the outside. */
export interface Plans {
  /** Compiles what was pinned. Throws `has-problems` when this version of the product cannot any more. */
  plan(pinned: Pinned, workspaceId: string): Promise<Plan>
  /** Compares what was described when it was pinned with what the outside says now: `source-changed`, or what asking failed with. */
  changed(pinned: Pinned, options: { workspaceId: string; lists: PinnedLists; signal: AbortSignal }): Promise<AppError | null>
}

/** What the engine works with; `server/worker/worker.ts` composes it. */
export interface EngineDeps {
  readonly databaseUrl: string
  readonly pool: Pool
  readonly boss: PgBoss
  /** Purpose `run-key`. */
  readonly runKeys: Box
  /** Purpose `workspace`. */
  readonly workspaceKeys: Box
  readonly log: Log
  readonly clock: Clock
  readonly plans: Plans
  /** What this worker can do (abilities.ts). */
  readonly nodeTypes: readonly string[]
  /** Lanes at once in this process; default 8. As many again, halved, are kept free for tests and single sends. */
  readonly lanes?: number
  /** A run that nobody looked after for so long is not sent without being asked, ms; default a day. */
  readonly lateAfterMs?: number
  host(workspaceId: string, lists?: PinnedLists, about?: HostAbout): Promise<Host>
  /** Throws `connection-missing`. */
  provider(workspaceId: string, connectionId: string): Promise<OpenProvider>
  /** The worker cannot go on (its connection is gone): the process must start again. */
  onLost(): void
  readonly tuning?: Tuning
}

/** Times that tests shorten. All in ms. */
export interface Tuning {
  readonly retryWaits?: readonly number[]
  readonly windowMs?: number
  readonly tickMs?: number
  readonly limits?: Pick<LimitsOptions, 'breaker'>
  /** Rows a call carries at most; default the provider's batch. */
  readonly slice?: number
}
