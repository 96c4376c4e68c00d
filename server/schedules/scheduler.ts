import type { Pool, PoolClient } from 'pg'
import type { PgBoss } from 'pg-boss'
import type { Clock, Log } from '#runtime/sdk/index.ts'
import { databaseNow } from '#server/database/now.ts'
import { ensurePartitions } from '#server/ledger/partitions.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { startRun } from '#server/runs/start.ts'
import type { Box } from '#server/secrets/box.ts'
import { nextFire } from './calendar.ts'
import { decide, holdUntil } from './decide.ts'
import { dueSchedule, type DueSchedule } from './due.ts'
import { notePassed, passedTimes } from './passed.ts'

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

/** What became of one schedule that was due. */
export interface Fired {
  readonly scheduleId: string
  /** Null: it was passed over, waits, or could not be started. */
  readonly runId: string | null
  readonly error: unknown
}

/**
 * Starts the run of one schedule that is due, and stores when it fires next, in one transaction: however many servers look, and wherever
 * one dies, a time fires once. One that is too late, or comes while the run before still sends, is treated as the schedule says
 * (decide.ts), and written down. Null: nothing (but `except`) is due.
 */
export async function fireNext(deps: SchedulerDeps, except: readonly string[] = []): Promise<Fired | null> {
  const now = deps.now?.() ?? (await databaseNow(deps.pool))
  await ensurePartitions(deps.pool, now)
  return withClient(deps.pool, async (client) => {
    await client.query('begin')
    const { rows } = await client.query<DueSchedule>(dueSchedule, [now, except])
    const schedule = rows[0]
    if (!schedule) {
      await client.query('rollback')
      return null
    }
    try {
      const runId = await fire(deps, { client, schedule, now })
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
  const missed = { policy: schedule.missed_policy, hours: schedule.missed_hours }
  const { start, hold, passed } = decide({
    times: passedTimes(schedule, { from: new Date(schedule.next_fire_at), now }),
    now,
    missed,
    overlap: schedule.overlap_policy,
    going: schedule.going,
    heldUntil: schedule.held_until === null ? null : new Date(schedule.held_until),
  })
  const place = { workspaceId: schedule.workspace_id, workflowId: schedule.workflow_id, scheduleId: schedule.id }
  await notePassed(client, { ...place, now }, passed)
  for (const { fireAt, why } of passed)
    deps.log.warn('A scheduled start was passed over', { workflowId: place.workflowId, fireAt: fireAt.toISOString(), why })
  const { pool, boss, runKeys } = deps
  const started = start
    ? await startRun(
        { pool, boss, runKeys, now: () => now },
        { ...place, fireAt: start, versionId: schedule.version_id, trigger: 'schedule', actor: 'system', client },
      )
    : null
  const next = nextFire(schedule, now)
  await goOn(
    client,
    schedule.id,
    hold ? { next: hold, held: { since: now, until: holdUntil(hold, { now, missed }, next) } } : { next },
  )
  return started?.runId ?? null
}

/** The next time, or the one that waits: until the run before ends, the next time comes, or it has waited for too long. */
async function goOn(
  client: PoolClient,
  id: string,
  { next, held }: { next: Date | null; held?: { since: Date; until: Date } },
): Promise<void> {
  await client.query(
    `update schedule set next_fire_at = $2, held_since = $3, held_until = $4, updated_at = now() where id = $1`,
    [id, next, held?.since ?? null, held?.until ?? null],
  )
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
