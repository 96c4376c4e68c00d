import { hostname } from 'node:os'
import pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'

/** First key of the advisory lock that says that a worker is alive; the second is its number. */
export const ALIVE_LOCK = 7001

const lockOf = (no: string): string =>
  `select 1 from pg_locks where locktype = 'advisory' and classid = ${ALIVE_LOCK} and objid = ${no}::oid and granted`

/** Who this worker is: a number, and a lock on a connection that does nothing else. The lock goes the moment the process dies. */
export interface Identity {
  readonly no: number
  release(): Promise<void>
}

/**
 * Takes a worker number. `onLost` is called when the connection breaks: others may take our chunks from then on, so calls must be cut off
 * and the worker must start again under a new number.
 */
export async function takeIdentity(options: {
  databaseUrl: string
  log: Log
  nodeTypes: readonly string[]
  onLost(): void
}): Promise<Identity> {
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: 'alimflow worker alive',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  let released = false
  const lost = (): void => {
    if (released) return
    released = true
    options.log.error('The worker lost its place in the database')
    options.onLost()
  }
  client.on('error', lost)
  client.on('end', lost)
  await client.connect()
  const { rows } = await client.query<{ no: number }>(`select nextval('worker_no')::int as no`)
  const no = rows[0]?.no ?? 0
  await client.query('select pg_advisory_lock($1, $2)', [ALIVE_LOCK, no])
  await client.query(`delete from worker w where not exists (${lockOf('w.no')})`)
  await client.query('insert into worker (no, host, pid, node_types) values ($1, $2, $3, $4)', [
    no,
    hostname(),
    process.pid,
    options.nodeTypes,
  ])
  return {
    no,
    async release() {
      if (released) return
      released = true
      await client.query('delete from worker where no = $1', [no])
      await client.end()
    },
  }
}
