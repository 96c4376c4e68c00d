import type { Pool, PoolClient } from 'pg'
import type { PgBoss } from 'pg-boss'
import type { Clock, Log } from '#runtime/sdk/index.ts'
import { databaseNow } from '#server/database/now.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { startRun } from '#server/runs/start.ts'
import type { Box } from '#server/secrets/box.ts'
import { nextFire } from './calendar.ts'
import { noteMissed } from './missed.ts'

/** A start that comes later than this after its time is no start any more: nobody wants Monday's nine o'clock message at noon. */
const LATEST_MS = 10 * 60_000
/** Longest time between two looks: a schedule that another server stored is seen within it. */
const LOOK_MS = 1_000

export interface SchedulerDeps {
  readonly pool: Pool
  readonly boss: PgBoss
  /** Seals the keys of the runs (purpose `run-key`). */
  readonly runKeys: Box
  readonly log: Log
  /** For the waiting between looks. */
  readonly clock: Pick<Clock, 'sleep'>
  /** For tests; default the database's clock: a machine whose clock is wrong starts nothing too early, and skips nothing as too late. */
  readonly now?: () => Date
}

export interface Scheduler {
  stop(): Promise<void>
}

interface DueSchedule {
  id: string
  workspace_id: string
  workflow_id: string
  version_id: string
  cron: string
  timezone: string
  next_fire_at: string
}

// Only what is published, on and not deleted; a row that another server has in its hands is left to it.
const due = `
select s.id, s.workspace_id, s.workflow_id, s.version_id, s.cron, s.timezone, s.next_fire_at
from schedule s join workflow w on w.id = s.workflow_id
where s.next_fire_at <= $1 and w.enabled and w.deleted_at is null and w.published_version is not null and s.id <> all($2)
order by s.next_fire_at limit 1 for update of s skip locked`

/** What became of one schedule that was due. */
export interface Fired {
  readonly scheduleId: string
  /** Null: too late, or it could not be started. */
  readonly runId: string | null
  readonly error: unknown
}

/**
 * Starts the run of one schedule that is due, and stores when it fires next, in one transaction: however many servers look, and wherever
 * one dies, a time fires once. One that is too late is skipped and written down. Null: nothing (but `except`) is due.
 */
export async function fireNext(deps: SchedulerDeps, except: readonly string[] = []): Promise<Fired | null> {
  return withClient(deps.pool, async (client) => {
    const now = deps.now?.() ?? (await databaseNow(client))
    await client.query('begin')
    const { rows } = await client.query<DueSchedule>(due, [now, except])
    const schedule = rows[0]
    if (!schedule) {
      await client.query('rollback')
      return null
    }
    try {
      const runId = await fire(deps, { client, schedule, now })
      const next = nextFire(schedule, now)
      await client.query('update schedule set next_fire_at = $2, updated_at = now() where id = $1', [schedule.id, next])
      await client.query('commit')
      return { scheduleId: schedule.id, runId, error: null }
    } catch (error) {
      await client.query('rollback')
      return { scheduleId: schedule.id, runId: null, error }
    }
  })
}

async function fire(
  deps: SchedulerDeps,
  { client, schedule, now }: { client: PoolClient; schedule: DueSchedule; now: Date },
): Promise<string | null> {
  const fireAt = new Date(schedule.next_fire_at)
  const place = { workspaceId: schedule.workspace_id, workflowId: schedule.workflow_id, scheduleId: schedule.id, fireAt }
  if (now.getTime() - fireAt.getTime() > LATEST_MS) {
    await noteMissed(client, { ...place, now })
    deps.log.warn('A scheduled start was missed and is skipped', {
      workflowId: schedule.workflow_id,
      fireAt: fireAt.toISOString(),
    })
    return null
  }
  const { pool, boss, runKeys } = deps
  const started = await startRun(
    { pool, boss, runKeys, now: () => now },
    { ...place, versionId: schedule.version_id, trigger: 'schedule', actor: 'system', client },
  )
  return started?.runId ?? null
}

/** Looks for what is due, once a second. A schedule that cannot be started keeps no other from starting, and is tried again. */
export function startScheduler(deps: SchedulerDeps): Scheduler {
  const ended = new AbortController()
  const loop = (async () => {
    while (!ended.signal.aborted) {
      await lookOnce(deps)
      await deps.clock.sleep(LOOK_MS, ended.signal).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      ended.abort()
      await loop
    },
  }
}

/** Fires all that is due now. @returns the runs that started */
export async function lookOnce(deps: SchedulerDeps): Promise<string[]> {
  const started: string[] = []
  const failed: string[] = []
  try {
    for (let fired = await fireNext(deps); fired; fired = await fireNext(deps, failed)) {
      if (fired.runId !== null) started.push(fired.runId)
      if (fired.error === null) continue
      failed.push(fired.scheduleId)
      deps.log.warn('A schedule could not be started; it is tried again', {
        scheduleId: fired.scheduleId,
        detail: fired.error instanceof Error ? fired.error.message : 'unknown',
      })
    }
  } catch (error) {
    deps.log.warn('Schedules could not be looked at', { detail: error instanceof Error ? error.message : String(error) })
  }
  return started
}
