import { PgBoss, type Db } from 'pg-boss'
import type { PoolClient } from 'pg'
import type { Log } from '#runtime/sdk/index.ts'

/** Run-level jobs. Chunks are not jobs: the chunk table is the queue of the hot path (durable-run.md section 7). Payloads hold ids only. */
export interface Jobs {
  /** Reads the audience of a run. */
  'run-spool': { runId: string }
  /** One lane of one stage of a run. */
  'send-lane': { runId: string; nodeNo: number; lane: number }
  /** The same for tests, events and single sends: every worker keeps lanes free for them. */
  'send-lane-first': { runId: string; nodeNo: number; lane: number }
  /** Ends a run whose chunks are closed; closes what is left of a cancelled one. */
  'run-finish': { runId: string }
  /** Asks providers for the reports of a run's calls. */
  'poll-reports': { runId: string }
}
export type JobName = keyof Jobs
export type LaneJob = 'send-lane' | 'send-lane-first'

// `exclusive`: at most one job of a key is queued or active, so that everybody may ask for what is due without counting.
// Heartbeat 10 is the least that is allowed: after kill -9 the work goes on elsewhere within 8–12 s.
const queue = {
  policy: 'exclusive',
  notify: true,
  heartbeatSeconds: 10,
  expireInSeconds: 12 * 3600,
  retryLimit: 20,
  retryDelay: 1,
  deleteAfterSeconds: 3600,
} as const
const queues: readonly JobName[] = ['run-spool', 'send-lane', 'send-lane-first', 'run-finish', 'poll-reports']

export interface BossOptions {
  readonly databaseUrl: string
  readonly log: Log
  /** Only sends jobs: no supervision, no listening. */
  readonly sendOnly?: boolean
}

/** The queue of one process, started. Call `stop()` at the end. */
export async function createBoss({ databaseUrl, log, sendOnly = false }: BossOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'alimflow jobs',
    max: sendOnly ? 2 : 4,
    schedule: false,
    supervise: !sendOnly,
    useListenNotify: !sendOnly,
    // Defaults of 60 s would leave the jobs of a dead worker lying for a minute.
    ...(sendOnly ? {} : { superviseIntervalSeconds: 5, monitorIntervalSeconds: 5 }),
  })
  boss.on('error', (error: Error) => log.warn(`The job queue reports: ${error.message}`))
  await boss.start()
  for (const name of queues) await boss.createQueue(name, queue)
  return boss
}

/** Asks for a job. Where one with this key is queued or active already, nothing happens. `client`: in its transaction; `inMs`: not before then. */
export async function enqueue<Name extends JobName>(
  boss: PgBoss,
  job: { name: Name; data: Jobs[Name]; key: string; client?: PoolClient; inMs?: number },
): Promise<void> {
  const db: Db | undefined = job.client && {
    executeSql: (text, values) => (job.client as PoolClient).query(text, values as unknown[]),
  }
  await boss.send(job.name, job.data, {
    singletonKey: job.key,
    ...(db && { db }),
    ...(job.inMs && { startAfter: new Date(Date.now() + job.inMs) }),
  })
}
