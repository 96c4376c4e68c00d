import fastify from 'fastify'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'
import type { Config } from './config.ts'
import type { Database } from './database/schema.ts'
import { listen } from './start/listen.ts'

/** What the start hands to the web server: everything below is open and migrated. */
export interface ServeDeps {
  readonly config: Config
  readonly databaseUrl: string
  readonly pool: pg.Pool
  readonly db: Kysely<Database>
  /** The platform's secret key, 32 bytes. */
  readonly secretKey: Buffer
  /** What the admin door demands; null: nothing. */
  readonly token: string | null
  /** postgresql:// address of the sample shop for its reading role; null: there is none. */
  readonly sampleUrl: string | null
  readonly log: Log
  readonly version: string
  readonly startedAt: Date
  /** How the worker of this process fares; `down` where it has none. */
  workerState(): 'ok' | 'starting' | 'down'
}

export interface RunningServer {
  readonly port: number
  /** Takes no new request, lets those under way end. */
  close(): Promise<void>
}

/** Starts the web server. Throws `port-taken`, `host-unusable`. */
export async function serve(deps: ServeDeps): Promise<RunningServer> {
  const app = fastify({ forceCloseConnections: 'idle' })
  app.get('/api/health', () => ({
    status: 'ok',
    version: deps.version,
    startedAt: deps.startedAt.toISOString(),
    parts: { database: 'ok', worker: deps.workerState(), scheduler: deps.workerState() },
  }))
  const port = await listen(app, deps.config)
  return { port, close: () => app.close() }
}
