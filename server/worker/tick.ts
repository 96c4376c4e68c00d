import type { Pool } from 'pg'
import { AppError } from '#runtime/sdk/index.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { enqueue } from '#server/jobs/boss.ts'
import { pauseRun } from '#server/ledger/pause.ts'
import { moveWaiting } from '#server/limits/move-waiting.ts'
import { SPOOL_LOCK } from '#server/ledger/spool-ledger.ts'
import type { AbleRuns } from './able-runs.ts'
import { askForLanes } from './lanes.ts'
import type { OpenRuns } from './open-runs.ts'
import type { LaneHost } from './stage-lane.ts'
import { wakeOverdue } from './wake-overdue.ts'

/** Runs that are looked at in one statement. */
const PAGE = 1000

const going = ['queued', 'preparing', 'waiting', 'sending', 'paused', 'settling'] as const

export interface GoingRun {
  id: string
  run_no: string
  state: number
  cancel_requested: boolean
  blocked: boolean
  /** A run of events to which more may come. */
  takes: boolean
  /** Stages with a chunk that could be taken now. */
  due: number[]
  /** A chunk is in somebody's hands. */
  taken: boolean
  /** Somebody reads the audience. */
  read: boolean
  /** Calls whose reports are due. */
  reports: boolean
}

// Each part names one run: a probe of a partial index, whatever the run's size.
const text = `
select r.id, r.run_no, r.state, r.cancel_requested, r.blocked is not null as blocked, r.kind = 2 and r.rows_closed_at is null as takes,
  array(select distinct_nodes.node_no from (
    with recursive nodes as (
      (select node_no from run_chunk where run_no = r.run_no and state = 0 order by node_no limit 1)
      union all
      select (select k.node_no from run_chunk k where k.run_no = r.run_no and k.state = 0 and k.node_no > nodes.node_no order by k.node_no limit 1)
      from nodes where nodes.node_no is not null)
    select node_no from nodes where node_no is not null) distinct_nodes
    where exists (select 1 from run_chunk k where k.run_no = r.run_no and k.state = 0 and k.node_no = distinct_nodes.node_no and k.ready_at <= now())) as due,
  exists (select 1 from run_chunk k where k.run_no = r.run_no and k.state = 1) as taken,
  exists (select 1 from pg_locks where locktype = 'advisory' and classid = ${SPOOL_LOCK} and objid = (r.run_no % 2147483648)::oid and granted
    and database = (select oid from pg_database where datname = current_database())) as read,
  exists (select 1 from run_call c where c.run_no = r.run_no and c.next_poll_at <= now()) as reports
from workflow_run r where r.state = any($1) and r.run_no > $2 order by r.run_no limit $3`

/** What a tick found out for the worker. */
export interface Ticked {
  /** Runs that were cancelled or paused: no new call. */
  readonly stopped: ReadonlySet<string>
  /** Runs that could send and of which nobody holds a chunk: they wait for a lane. */
  readonly waiting: ReadonlySet<string>
}

/**
 * Once a second in every worker: sees to it that whatever is due has a job. A wake-up that got lost, a retry whose time has come, a run
 * that stands still for any reason: all are found here, in the tables.
 */
export async function tick(host: LaneHost, runs: OpenRuns, able: AbleRuns): Promise<Ticked> {
  const { pool, boss } = host.deps
  await moveWaiting(pool)
  const rows = await goingRuns(pool)
  await able.learn(rows)
  const waiting = new Set<string>()
  for (const row of rows) {
    if (!able.can(row.id)) continue
    if (row.cancel_requested) await enqueue(boss, { name: 'run-finish', data: { runId: row.id }, key: row.id })
    else if (row.state <= runStateNumber('preparing')) await askForSpool(host, row)
    else if (row.state === runStateNumber('sending')) {
      if (row.due.length > 0 && !row.taken) waiting.add(row.id)
      await wakeSafely(host, runs, row)
    }
    if (row.reports) await enqueue(boss, { name: 'poll-reports', data: { runId: row.id }, key: row.id })
  }
  const stands = (row: GoingRun): boolean => row.cancel_requested || row.state === runStateNumber('paused')
  return { stopped: new Set(rows.filter(stands).map((row) => row.id)), waiting }
}

/** All of them: one that is passed over could not be cancelled. */
export async function goingRuns(pool: Pool, page = PAGE): Promise<GoingRun[]> {
  const all: GoingRun[] = []
  for (;;) {
    const values = [going.map(runStateNumber), all.at(-1)?.run_no ?? 0, page]
    const { rows } = await pool.query<GoingRun>({ name: 'tick', text, values })
    all.push(...rows)
    if (rows.length < page) return all
  }
}

/** A reader that died holds no lock any more; its job counts as active for another half minute, so the new one has a key of its own. */
async function askForSpool(host: LaneHost, row: GoingRun): Promise<void> {
  const abandoned = row.state === runStateNumber('preparing') && !row.read
  const key = abandoned ? `${row.id}:by:${host.worker}` : row.id
  await enqueue(host.deps.boss, { name: 'run-spool', data: { runId: row.id }, key })
}

/** A run that cannot be opened must not keep the others from going on. */
async function wakeSafely(host: LaneHost, runs: OpenRuns, row: GoingRun): Promise<void> {
  try {
    const run = await runs.get(row.id)
    const due = new Set([...row.due, ...(await wakeOverdue(host.deps.pool, run))])
    for (const nodeNo of due) await askForLanes(host.deps, run, nodeNo)
    if (due.size === 0 && !row.taken && !row.takes)
      await enqueue(host.deps.boss, { name: 'run-finish', data: { runId: row.id }, key: row.id })
  } catch (error) {
    if (error instanceof AppError) await pauseRun({ pool: host.deps.pool, runNo: Number(row.run_no) }, error.toJSON())
    else throw error
  }
}
