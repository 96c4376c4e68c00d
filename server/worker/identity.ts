import { hostname } from 'node:os'
import pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'
import { ALIVE_LOCK, LIVING } from '#server/ledger/alive.ts'
import { SleepWatch } from './sleep-watch.ts'

/** Who this worker is: a number, and a lock on a connection that does nothing else. The lock goes the moment the process dies. */
export interface Identity {
  readonly no: number
  release(): Promise<void>
}

export interface IdentityOptions {
  readonly databaseUrl: string
  readonly log: Log
  /** What it can do (abilities.ts). */
  readonly nodeTypes: readonly string[]
  /** Lanes at once in this process. */
  readonly lanes: number
  onLost(): void
  readonly watch?: SleepWatch
  /** For tests: between two signs of life, ms. */
  readonly beatMs?: number
}

const BEAT_MS = 5_000
/** So many beats without an answer: the connection leads nowhere. Much less than a claim lasts. */
const UNANSWERED = 3

// The database, too, must notice within seconds that a machine has left the net (the defaults are hours). A socket ignores it.
const keepAlive = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3'

/**
 * Takes a worker number. `onLost` is called once when the connection breaks, does not answer, or the machine slept: others may take our
 * chunks from then on, so calls must be cut off and the worker must start again under a new number.
 */
export async function takeIdentity(options: IdentityOptions): Promise<Identity> {
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: 'alimflow worker alive',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  let released = false
  const lost = (why: string): void => {
    if (released) return
    released = true
    clearInterval(timer)
    options.log.error('The worker lost its place in the database', { detail: why })
    options.onLost()
  }
  client.on('error', (error) => lost(error.message))
  client.on('end', () => lost('the connection ended'))
  let timer: NodeJS.Timeout | undefined
  try {
    await client.connect()
    await client.query(keepAlive)
    const no = await takeNumber(client, options)
    timer = startBeating(client, { no, beatMs: options.beatMs ?? BEAT_MS, watch: options.watch ?? new SleepWatch(), lost })
    return {
      no,
      async release() {
        clearInterval(timer)
        if (released) return
        released = true
        await client.query('delete from worker where no = $1', [no])
        await client.end()
      },
    }
  } catch (error) {
    released = true
    await client.end().catch(() => undefined)
    throw error
  }
}

async function takeNumber(client: pg.Client, { nodeTypes, lanes }: IdentityOptions): Promise<number> {
  const { rows } = await client.query<{ no: number }>(`select nextval('worker_no')::int as no`)
  const no = rows[0]?.no ?? 0
  await client.query('select pg_advisory_lock($1, $2)', [ALIVE_LOCK, no])
  await client.query(`delete from worker where not no = any(${LIVING})`)
  await client.query('insert into worker (no, host, pid, node_types, lanes) values ($1, $2, $3, $4, $5)', [
    no,
    hostname(),
    process.pid,
    nodeTypes,
    lanes,
  ])
  return no
}

/** Signs of life: a connection that silently leads nowhere, and a machine that slept, are noticed by us before our claims end. */
function startBeating(
  client: pg.Client,
  { no, beatMs, watch, lost }: { no: number; beatMs: number; watch: SleepWatch; lost: (why: string) => void },
): NodeJS.Timeout {
  let waiting = 0
  return setInterval(() => {
    if (watch.slept()) return lost('the machine slept')
    if (waiting >= UNANSWERED) return lost('the database does not answer')
    waiting += 1
    if (waiting > 1) return
    client.query('update worker set seen_at = now() where no = $1', [no]).then(
      () => (waiting = 0),
      (error: unknown) => lost(error instanceof Error ? error.message : String(error)),
    )
  }, beatMs)
}
