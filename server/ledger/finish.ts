import type { Pool, PoolClient } from 'pg'
import { crashPoint } from '#runtime/crash-point.ts'
import type { Plan } from '#runtime/compile/plan.ts'
import { checkLaw, type LawFacts } from '#runtime/run/law.ts'
import { choosesApart } from '#runtime/run/parted.ts'
import type { StoredError } from '#runtime/sdk/index.ts'
import { runStateNumber, runStateOf, runStatesBefore } from '#runtime/states/run-states.ts'
import type { RunState } from '#schemas/states.ts'
import { CANARY } from './first-part.ts'
import { readLawFacts } from './law-facts.ts'
import { withClient } from './with-client.ts'

/** State of a chunk that waits for an approval. */
const HELD_FOR_APPROVAL = 4

/** What `finishRun` found: `open`: there is work left, or it is not this run's turn. */
export type FinishEnd = 'open' | 'waiting' | 'settling' | 'completed' | 'cancelled'

/**
 * Ends a run whose chunks are all closed: compares the law, keeps the outcomes, and moves the run to `settling` or, when no report is
 * awaited, to `completed`; a cancelled run to `cancelled`. Safe to call at any time by anybody: the run's row is locked meanwhile.
 */
export async function finishRun(pool: Pool, run: { runNo: number; plan: Plan }): Promise<FinishEnd> {
  return withClient(pool, async (client) => {
    await client.query('begin')
    const end = await finishLocked(client, run)
    if (end !== 'open') crashPoint('finishing')
    await client.query('commit')
    return end
  })
}

async function finishLocked(client: PoolClient, { runNo, plan }: { runNo: number; plan: Plan }): Promise<FinishEnd> {
  const { rows } = await client.query<{ state: number; cancel_requested: boolean; total: number | null; takes: boolean }>(
    'select state, cancel_requested, total, kind = 2 and rows_closed_at is null as takes from workflow_run where run_no = $1 for update',
    [runNo],
  )
  const row = rows[0]
  // A run of events has no end while more may come.
  if (!row || (row.takes && !row.cancel_requested)) return 'open'
  const state = runStateOf(row.state)
  const ends = row.cancel_requested ? runStatesBefore('cancelled') : [runStateNumber('sending'), runStateNumber('settling')]
  // While the audience is read, the one who reads it ends a cancelled run.
  if (!ends.includes(row.state) || state === 'preparing') return 'open'
  const open = await client.query<{ state: number }>(
    'select state from run_chunk where run_no = $1 and state in (0, 1, 3, 4) order by state limit 1',
    [runNo],
  )
  const lowest = open.rows[0]?.state
  // Only chunks that wait for an approval are left: the first part is sent.
  if (lowest === HELD_FOR_APPROVAL && state === 'sending' && !row.cancel_requested) return waitForApproval(client, runNo)
  if (lowest !== undefined) return 'open'
  if (row.cancel_requested) {
    await close(client, { runNo, plan, to: 'cancelled' })
    return 'cancelled'
  }
  const awaited = await client.query('select 1 from run_call where run_no = $1 and next_poll_at is not null limit 1', [runNo])
  // Counted once: what was compared a moment ago, with the run's row locked, holds for its end too.
  const facts = state === 'sending' ? await close(client, { runNo, plan, to: 'settling' }) : undefined
  if (awaited.rows.length > 0) return 'settling'
  await close(client, { runNo, plan, to: 'completed', ...(facts && { facts }) })
  return 'completed'
}

/** The first part is sent; the rest waits until a person has looked at what came of it. */
async function waitForApproval(client: PoolClient, runNo: number): Promise<FinishEnd> {
  await client.query(
    `update workflow_run set state = $2, reason = json_build_object('code', 'first-part-sent', 'fields', (
       select json_build_object('count', coalesce(sum(n) filter (where kind = ${CANARY}), 0)::int, 'left', coalesce(sum(n) filter (where state = ${HELD_FOR_APPROVAL}), 0)::int)
       from run_chunk where run_no = $1 and attempt = 1))
     where run_no = $1 and state = any($3)`,
    [runNo, runStateNumber('waiting'), runStatesBefore('waiting')],
  )
  await noteEnd(client, { runNo, kind: 'waiting', data: { code: 'first-part-sent' } })
  return 'waiting'
}

/** @returns what was compared */
async function close(
  client: PoolClient,
  run: { runNo: number; plan: Plan; to: 'settling' | 'completed' | 'cancelled'; facts?: LawFacts },
): Promise<LawFacts> {
  const { runNo, plan, to } = run
  if (!run.facts && choosesApart(plan)) await countChosenOut(client, runNo)
  const facts = run.facts ?? (await readLawFacts(client, runNo))
  const law = checkLaw(plan, facts, { whole: to !== 'cancelled' && !(await wasCancelled(client, runNo)) })
  const times: Readonly<Record<typeof to, string>> = {
    settling: 'sending_ended_at = now()',
    completed: 'closed_at = now()',
    // A run of events takes no more rows then, also where a person sends again in it: it would have no end.
    cancelled: `sending_ended_at = coalesce(sending_ended_at, now()), closed_at = now(),
      rows_closed_at = case when kind = 2 then coalesce(rows_closed_at, now()) else rows_closed_at end`,
  }
  await client.query(
    `update workflow_run set state = $2, outcomes = $3, law = $4, total = coalesce(total, 0), ${times[to]} where run_no = $1 and state = any($5)`,
    [runNo, runStateNumber(to), JSON.stringify(facts.outcomes), JSON.stringify(law), runStatesBefore(to)],
  )
  await noteEnd(client, { runNo, kind: to, data: { law: law.holds } })
  return facts
}

/** Outcomes and law of a run that is over (or settles), told anew after a person moved messages of it. */
export async function refreshEnd(client: PoolClient, { runNo, plan }: { runNo: number; plan: Plan }): Promise<void> {
  const facts = await readLawFacts(client, runNo)
  const law = checkLaw(plan, facts, { whole: !(await wasCancelled(client, runNo)) })
  await client.query('update workflow_run set outcomes = $2, law = $3 where run_no = $1', [
    runNo,
    JSON.stringify(facts.outcomes),
    JSON.stringify(law),
  ])
}

/** Rows of a run that was once cancelled did not go through all of its nodes, also where it was opened again. */
async function wasCancelled(client: PoolClient, runNo: number): Promise<boolean> {
  const { rows } = await client.query(`select 1 from run_events where run_no = $1 and kind = 'cancelled' limit 1`, [runNo])
  return rows.length > 0
}

/** A recipient who was not chosen on one way may have been sent to on another: only the end can tell who is none. */
async function countChosenOut(client: PoolClient, runNo: number): Promise<void> {
  await client.query(
    'update workflow_run set chosen_out = total - (select count(distinct seq) from messages where run_no = $1) where run_no = $1',
    [runNo],
  )
}

async function noteEnd(client: Pick<PoolClient, 'query'>, event: { runNo: number; kind: RunState; data: object }): Promise<void> {
  await client.query(
    `with noted as (insert into run_events (run_no, kind, data) values ($1, $2, $3))
     select pg_notify('alimflow_run', id::text) from workflow_run where run_no = $1`,
    [event.runNo, event.kind, JSON.stringify(event.data)],
  )
}

/**
 * A run that cannot go on before anything was sent: the reason is kept, and nothing of the audience. `from`: only out of these states.
 * @returns whether it failed now
 */
export async function failRun(
  pool: Pool,
  runNo: number,
  { reason, from = runStatesBefore('failed') }: { reason: StoredError; from?: readonly number[] },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update workflow_run set state = $2, reason = $3, outcomes = '{}', total = 0, closed_at = now() where run_no = $1 and state = any($4)`,
    [runNo, runStateNumber('failed'), JSON.stringify(reason), from],
  )
  if (rowCount) await noteEnd(pool, { runNo, kind: 'failed', data: { code: reason.code } })
  return rowCount === 1
}

/** A run that was cancelled before its audience was complete: nobody became a recipient. */
export async function cancelUnspooled(pool: Pick<PoolClient, 'query'>, runNo: number): Promise<void> {
  const { rowCount } = await pool.query(
    `update workflow_run set state = $2, outcomes = '{}', total = 0, closed_at = now()
     where run_no = $1 and cancel_requested and state = any($3)`,
    [runNo, runStateNumber('cancelled'), [runStateNumber('queued'), runStateNumber('preparing')]],
  )
  if (rowCount) await noteEnd(pool, { runNo, kind: 'cancelled', data: {} })
}
