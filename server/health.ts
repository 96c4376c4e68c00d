import type { Pool } from 'pg'
import type { DatabaseHealth, Health, SchedulerHealth, WorkerHealth } from '#schemas/api/health.ts'
import { ALIVE_LOCK } from './ledger/alive.ts'

type Part = DatabaseHealth['state']

export interface HealthDeps {
  readonly pool: Pool
  readonly version: string
  readonly startedAt: Date
  /** How the worker of this process fares; `down` where it has none. */
  workerState(): Part
}

/** A database that has not answered by then counts as down. */
const PATIENCE_MS = 3000
/** A worker that starts needs a moment to notice what became due while there was none. */
const OVERDUE = `interval '3 minutes'`

/** Null: no answer, or none in time. A question to an installation concerns all its workspaces. */
async function ask<T extends object>(pool: Pool, question: string, values: unknown[] = []): Promise<T[] | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), PATIENCE_MS)))
  const answer = pool.query<T>(question, values).then(
    ({ rows }) => rows,
    () => null,
  )
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

export async function databaseHealth({ pool }: Pick<HealthDeps, 'pool'>): Promise<DatabaseHealth> {
  const began = performance.now()
  const rows = await ask<{ version: string }>(pool, `select current_setting('server_version') as version`)
  return {
    state: rows ? 'ok' : 'down',
    version: rows?.[0]?.version ?? null,
    latencyMs: rows ? Math.round((performance.now() - began) * 10) / 10 : null,
    pool: { open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount },
  }
}

/** A worker lives as long as it holds its lock; whose machine it is on does not matter to the work. */
export async function workerHealth({ pool, workerState }: Pick<HealthDeps, 'pool' | 'workerState'>): Promise<WorkerHealth> {
  const rows = await ask<{ no: number; host: string; started_at: string }>(
    pool,
    `select w.no, w.host, w.started_at from worker w
     join pg_locks l on l.locktype = 'advisory' and l.classid = $1 and l.objid = w.no::oid and l.granted
     where l.database = (select oid from pg_database where datname = current_database()) order by w.no`,
    [ALIVE_LOCK],
  )
  const own = workerState()
  const workers = (rows ?? []).map(({ no, host, started_at: startedAt }) => ({ no, host, startedAt }))
  return { state: own === 'down' && workers.length > 0 ? 'ok' : own, workers }
}

/** The scheduler works inside the workers: it is down when they are, or when what is due is not started. */
export async function schedulerHealth(deps: Pick<HealthDeps, 'pool'>, worker: Part): Promise<SchedulerHealth> {
  const rows = await ask<{ next: string | null; overdue: number }>(
    deps.pool,
    `select min(next_fire_at) as next, count(*) filter (where next_fire_at < now() - ${OVERDUE})::int as overdue from schedule`,
  )
  const { next = null, overdue = 0 } = rows?.[0] ?? {}
  return { state: worker === 'ok' && (overdue > 0 || !rows) ? 'down' : worker, nextFireAt: next, overdue }
}

/** The whole in short. */
export async function health(deps: HealthDeps): Promise<Health> {
  const [database, worker] = await Promise.all([databaseHealth(deps), workerHealth(deps)])
  const scheduler = await schedulerHealth(deps, worker.state)
  const parts = { database: database.state, worker: worker.state, scheduler: scheduler.state }
  return {
    status: Object.values(parts).includes('down') ? 'degraded' : 'ok',
    version: deps.version,
    startedAt: deps.startedAt.toISOString(),
    parts,
  }
}
