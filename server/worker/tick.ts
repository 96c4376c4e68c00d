import { AppError } from '#runtime/sdk/index.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { enqueue } from '#server/jobs/boss.ts'
import { pauseRun } from '#server/ledger/pause.ts'
import { SPOOL_LOCK } from '#server/ledger/spool-ledger.ts'
import { sweepChunks } from '#server/ledger/sweep.ts'
import { askForLanes, askForRescue } from './lanes.ts'
import type { OpenRun, OpenRuns } from './open-runs.ts'
import { connectionOf, type LaneHost } from './stage-lane.ts'

const going = ['queued', 'preparing', 'waiting', 'sending', 'paused', 'settling'] as const

interface GoingRun {
  id: string
  run_no: string
  state: number
  cancel_requested: boolean
  /** Stages with a chunk that could be taken now. */
  due: number[]
  /** Chunks in somebody's hands. */
  taken: boolean
  /** Somebody reads the audience. */
  read: boolean
  /** Calls whose reports are due. */
  reports: boolean
}

// Each part names one run: a probe of a partial index, whatever the run's size.
const text = `
select r.id, r.run_no, r.state, r.cancel_requested,
  array(select distinct_nodes.node_no from (
    with recursive nodes as (
      (select node_no from run_chunk where run_no = r.run_no and state = 0 order by node_no limit 1)
      union all
      select (select k.node_no from run_chunk k where k.run_no = r.run_no and k.state = 0 and k.node_no > nodes.node_no order by k.node_no limit 1)
      from nodes where nodes.node_no is not null)
    select node_no from nodes where node_no is not null) distinct_nodes
    where exists (select 1 from run_chunk k where k.run_no = r.run_no and k.state = 0 and k.node_no = distinct_nodes.node_no and k.ready_at <= now())) as due,
  exists (select 1 from run_chunk k where k.run_no = r.run_no and k.state = 1) as taken,
  exists (select 1 from pg_locks where locktype = 'advisory' and classid = ${SPOOL_LOCK} and objid = (r.run_no % 2147483648)::oid and granted) as read,
  exists (select 1 from run_call c where c.run_no = r.run_no and c.next_poll_at <= now()) as reports
from workflow_run r where r.state = any($1) limit 1000`

/** What a tick found out for the worker: runs that were cancelled (no new call). */
export interface Ticked {
  readonly cancelled: ReadonlySet<string>
}

/**
 * Once a second in every worker: frees chunks of dead workers and sees to it that whatever is due has a job. A wake-up that got lost,
 * a retry whose time has come, a worker that died: all are found here, in the tables.
 */
export async function tick(host: LaneHost, runs: OpenRuns): Promise<Ticked> {
  const { pool, boss } = host.deps
  const { rows } = await pool.query<GoingRun>({ name: 'tick', text, values: [going.map(runStateNumber)] })
  for (const row of rows) {
    if (row.cancel_requested) await enqueue(boss, { name: 'run-finish', data: { runId: row.id }, key: row.id })
    else if (row.state <= runStateNumber('preparing')) await askForSpool(host, row)
    else await wakeSafely(host, runs, row)
    if (row.reports) await enqueue(boss, { name: 'poll-reports', data: { runId: row.id }, key: row.id })
  }
  return { cancelled: new Set(rows.filter((row) => row.cancel_requested).map((row) => row.id)) }
}

/** A reader that died holds no lock any more; its job counts as active for another half minute, so the new one has a key of its own. */
async function askForSpool(host: LaneHost, row: GoingRun): Promise<void> {
  const abandoned = row.state === runStateNumber('preparing') && !row.read
  const key = abandoned ? `${row.id}:by:${host.worker}` : row.id
  await enqueue(host.deps.boss, { name: 'run-spool', data: { runId: row.id }, key })
}

/** A run that cannot be opened (a plugin is gone) must not keep the others from going on. */
async function wakeSafely(host: LaneHost, runs: OpenRuns, row: GoingRun): Promise<void> {
  try {
    await wake(host, runs, row)
  } catch (error) {
    if (error instanceof AppError) await pauseRun({ pool: host.deps.pool, runNo: Number(row.run_no) }, error.toJSON())
    else throw error
  }
}

async function wake(host: LaneHost, runs: OpenRuns, row: GoingRun): Promise<void> {
  const run = await runs.get(row.id)
  const { pool, boss } = host.deps
  const graceMs = row.taken ? await graceOf(host, run) : 0
  const swept = row.taken ? await sweepChunks(pool, { runNos: [run.runNo], worker: host.worker, graceMs }) : []
  if (row.state !== runStateNumber('sending')) return
  await askForRescue(boss, row.id, { swept, inMs: graceMs })
  for (const nodeNo of row.due) await askForLanes(host.deps, run, nodeNo)
  if (row.due.length === 0 && !row.taken && swept.length === 0)
    await enqueue(boss, { name: 'run-finish', data: { runId: row.id }, key: row.id })
}

/** The longest time in which a call that was cut off may still get into a provider's lists. */
async function graceOf(host: LaneHost, run: OpenRun): Promise<number> {
  let grace = 0
  for (const stage of run.plan.stages) {
    if (stage.kind !== 'send') continue
    const provider = await host.deps.provider(run.workspaceId, connectionOf(run.plan, stage)).catch(() => null)
    if (provider?.session.lookup) grace = Math.max(grace, provider.type.limits.listingLagMs ?? provider.type.limits.timeoutMs)
  }
  return grace
}
