import pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'
import { createPool } from '#server/database/connect.ts'

/** What a worker needs to know to work; it makes its own connections from it. */
export interface WorkerDeps {
  /** The platform's database. */
  readonly databaseUrl: string
  /** The platform's secret key, 32 bytes. */
  readonly secretKey: Buffer
  /** postgresql:// address of the sample shop for its reading role; null: there is none. */
  readonly sampleUrl: string | null
  readonly log: Log
}

export interface WorkerHandle {
  /** Takes nothing new, lets calls in flight end, gives up what is left, closes its connections. */
  stop(): Promise<void>
}

/** Starts to work. Throws when the database cannot be reached. */
export async function startWorker(deps: WorkerDeps): Promise<WorkerHandle> {
  const pool: pg.Pool = createPool({ url: deps.databaseUrl, log: deps.log, name: 'alimflow worker', max: 2 })
  await pool.query('select 1')
  return { stop: () => pool.end() }
}
