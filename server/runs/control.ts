import type { PoolClient } from 'pg'
import type { ResumeInput } from '#schemas/api/runs.ts'
import type { ErrorCode } from '#schemas/errors.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { runStateNumber, runStateOf } from '#runtime/states/run-states.ts'
import { enqueue } from '#server/jobs/boss.ts'
import { CANARY } from '#server/ledger/first-part.ts'
import { APPROVAL_CODES, waitsForApproval } from './actions.ts'
import type { RunRow } from './run-row.ts'
import type { RunDeps } from './start.ts'

/** Whose run, which one, and who asks. */
export interface ControlCall {
  readonly workspaceId: string
  readonly runId: string
  readonly actor: string
}

type Stand = Pick<RunRow, 'state' | 'reason' | 'cancel_requested' | 'pause_requested'>

const n = runStateNumber
const prepares = `(${n('queued')}, ${n('preparing')})`
const codes = APPROVAL_CODES.map((code) => `'${code}'`).join(', ')
/** Of a run's row: it waits until a person says yes. */
export const FOR_APPROVAL = `state = ${n('waiting')} and coalesce(reason->>'code', '') in (${codes})`

/** What is written beside each move: the run's own story, the workspace's, and who watches hears of it. */
const written = (action: string): string => `
noted as (insert into run_events (run_no, kind, actor) select run_no, '${action}', $3 from asked),
audited as (
  insert into audit_event (workspace_id, actor, action, target_kind, target_id) select $2::uuid, $3, 'run.${action}', 'run', id::text from asked)`

// A run that prepares goes on preparing and stands still when its audience is complete: reading is no sending.
const pause = `
with asked as (
  update workflow_run set state = case when state in ${prepares} then state else ${n('paused')} end, pause_requested = state in ${prepares},
    reason = case when state in ${prepares} then reason else '{"code":"paused-by-person","fields":{}}'::json end
  where id = $1 and workspace_id = $2::uuid and not cancel_requested and not pause_requested
    and (state in ${prepares} or state = ${n('sending')} or (state = ${n('waiting')} and not (${FOR_APPROVAL})))
  returning id, run_no, state),
held as (
  update run_chunk set state = 3 where run_no = (select run_no from asked where state = ${n('paused')}) and state = 0), ${written('pause')}
select pg_notify('alimflow_run', id::text), case when state = ${n('paused')} then pg_notify('alimflow_cancel', id::text) end from asked`

/** How a run goes on: from which states, which of its chunks become free, and whether the time of its messages counts anew. */
interface Going {
  readonly action: 'resume' | 'approve'
  readonly which: string
  readonly held: string
  readonly timed: string
}

const going = ({ action, which, held, timed }: Going): string => `
with asked as (
  update workflow_run set state = case when state in ${prepares} then state else ${n('sending')} end, pause_requested = false, reason = null,
    timed_from = case when ${timed} then now() else timed_from end,
    approved = case when '${action}' = 'approve'
      then (coalesce(approved::jsonb, '[]') || jsonb_build_array(jsonb_build_object('code', reason->>'code', 'by', $3::text, 'at', now())))::json else approved end
  where id = $1 and workspace_id = $2::uuid and not cancel_requested and (${which})
  returning id, run_no),
freed as (update run_chunk set state = 0 where run_no = (select run_no from asked) and ${held}), ${written(action)}
select run_no, pg_notify('alimflow_run', id::text), pg_notify('alimflow_cancel', '-' || id::text) from asked`

// What may have gone out after a backup was made goes out again only by an explicit word ($4).
const RESTORED = 'run-restored'
// A lane that lives through the pause would go on by the old time.
const STOPPING = 'exists (select 1 from run_chunk k where k.run_no = workflow_run.run_no and k.state = 1)'
const resume = going({
  action: 'resume',
  which: `((state = ${n('paused')} and ($4::boolean or coalesce(reason->>'code', '') <> '${RESTORED}')) or (state in ${prepares} and pause_requested)) and (not $5::boolean or not ${STOPPING})`,
  held: 'state = 3',
  timed: '$5::boolean',
})
// Where a first part was wished, it goes alone, and the rest waits once more. Who approves wants it sent now, however long it waited.
const approve = going({
  action: 'approve',
  which: FOR_APPROVAL,
  held: `state = 4 and (kind = ${CANARY}
    or not exists (select 1 from run_chunk k where k.run_no = (select run_no from asked) and k.state = 4 and k.kind = ${CANARY}))`,
  timed: 'true',
})

/**
 * Stops a run until somebody resumes it. Workers hear of it at once: no call begins later than 2 s after; what is in flight ends and is
 * recorded. A second pause is fine. @throws AppError `not-found`, `run-over`, `run-not-pausable`, `run-waits-for-approval`
 */
export async function pauseByHand(deps: RunDeps, call: ControlCall): Promise<void> {
  const { rowCount } = await deps.pool.query(pause, [call.runId, call.workspaceId, call.actor])
  if (rowCount) return
  const stand = await standOf(deps, call)
  if (runStateOf(stand.state) === 'paused' || (stand.pause_requested && !stand.cancel_requested)) return
  if (waitsForApproval(stand)) throw new AppError('run-waits-for-approval', {})
  throw refusal(stand, 'run-not-pausable')
}

/**
 * Lets a paused run go on, whoever or whatever paused it. What a problem stopped is tried again as it is: it pauses once more where
 * nothing was mended. A run that came out of a backup needs `confirm`: somebody may get a message of it twice.
 * `late: 'send'` waits until nothing is in flight any more.
 * @throws AppError `not-found`, `run-over`, `run-not-paused`, `run-being-cancelled`, `run-restored-unconfirmed`, `run-still-stopping`
 */
export async function resumeRun(deps: RunDeps, call: ControlCall, { confirm = false, late }: ResumeInput = {}): Promise<void> {
  await letGo(deps, call, { text: resume, values: [confirm, late === 'send'], refused: 'run-not-paused' })
}

/**
 * Says yes to what a guard found, to what was prepared, or to the rest after the first part. `client`: to be part of a transaction of the
 * caller's, who wakes the run after it (`wakeRun`). @throws AppError `not-found`, `run-over`, `run-not-waiting`, `run-being-cancelled`
 */
export async function approveRun(deps: RunDeps, call: ControlCall, client?: PoolClient): Promise<void> {
  await letGo(deps, call, { text: approve, values: [], refused: 'run-not-waiting', client })
}

async function letGo(
  deps: RunDeps,
  call: ControlCall,
  move: {
    text: string
    values: readonly unknown[]
    refused: 'run-not-paused' | 'run-not-waiting'
    client?: PoolClient | undefined
  },
): Promise<void> {
  const { rows } = await (move.client ?? deps.pool).query<{ run_no: string }>(move.text, [
    call.runId,
    call.workspaceId,
    call.actor,
    ...move.values,
  ])
  const row = rows[0]
  if (!row) throw refusal(await standOf(deps, call), move.refused)
  // Inside the caller's transaction nobody sees it yet: then it is for the caller to wake it.
  if (!move.client) await wakeRun(deps, { runId: call.runId, runNo: Number(row.run_no) })
}

/** Sees to it that a run that may send is worked on at once; the workers' tick would find it a second later. */
export async function wakeRun(deps: RunDeps, run: { runId: string; runNo: number }): Promise<void> {
  const { runId, runNo } = run
  const { rows } = await deps.pool.query<{ node_no: number }>(
    'select distinct node_no from run_chunk where run_no = $1 and state = 0 and ready_at <= now()',
    [runNo],
  )
  for (const { node_no } of rows)
    await enqueue(deps.boss, { name: 'send-lane', data: { runId, nodeNo: node_no, lane: 0 }, key: `${runId}:${node_no}:0` })
  if (rows.length === 0) await enqueue(deps.boss, { name: 'run-finish', data: { runId }, key: runId })
}

/** Where a run stands that refused a move. @throws AppError `not-found` */
export async function standOf(deps: Pick<RunDeps, 'pool'>, call: Pick<ControlCall, 'workspaceId' | 'runId'>): Promise<Stand> {
  const { rows } = await deps.pool.query<Stand>(
    'select state, reason, cancel_requested, pause_requested from workflow_run where id = $1 and workspace_id = $2',
    [call.runId, call.workspaceId],
  )
  const row = rows[0]
  if (!row) throw new AppError('not-found', { what: 'run' })
  return row
}

/** Why a move is refused, in the order in which a person would ask: over, being cancelled, not in the right state. */
export function refusal(
  stand: Stand,
  otherwise: Extract<ErrorCode, 'run-not-pausable' | 'run-not-paused' | 'run-not-waiting'>,
): AppError {
  const state = runStateOf(stand.state)
  if (state === 'completed' || state === 'failed' || state === 'cancelled') return new AppError('run-over', {})
  if (stand.cancel_requested) return new AppError('run-being-cancelled', {})
  if (otherwise === 'run-not-paused' && state === 'paused' && stand.reason?.code === RESTORED)
    return new AppError('run-restored-unconfirmed', { at: String(stand.reason.fields['at'] ?? '') })
  // Nothing else keeps a paused run from going on.
  if (otherwise === 'run-not-paused' && state === 'paused') return new AppError('run-still-stopping', {})
  return new AppError(otherwise, {})
}
