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
const forApproval = `state = ${n('waiting')} and coalesce(reason->>'code', '') in (${codes})`

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
    and (state in ${prepares} or state = ${n('sending')} or (state = ${n('waiting')} and not (${forApproval})))
  returning id, run_no, state),
held as (
  update run_chunk set state = 3 where run_no = (select run_no from asked where state = ${n('paused')}) and state = 0), ${written('pause')}
select pg_notify('alimflow_run', id::text), case when state = ${n('paused')} then pg_notify('alimflow_cancel', id::text) end from asked`

const going = (action: string, which: string, held: string): string => `
with asked as (
  update workflow_run set state = case when state in ${prepares} then state else ${n('sending')} end, pause_requested = false, reason = null,
    approved = case when '${action}' = 'approve'
      then (coalesce(approved::jsonb, '[]') || jsonb_build_array(jsonb_build_object('code', reason->>'code', 'by', $3::text, 'at', now())))::json else approved end
  where id = $1 and workspace_id = $2::uuid and not cancel_requested and (${which})
  returning id, run_no),
freed as (update run_chunk set state = 0 where run_no = (select run_no from asked) and ${held}), ${written(action)}
select run_no, pg_notify('alimflow_run', id::text), pg_notify('alimflow_cancel', '-' || id::text) from asked`

// What may have gone out after a backup was made goes out again only by an explicit word ($4).
const RESTORED = 'run-restored'
const resume = going(
  'resume',
  `(state = ${n('paused')} and ($4::boolean or coalesce(reason->>'code', '') <> '${RESTORED}')) or (state in ${prepares} and pause_requested)`,
  'state = 3',
)
// Where a first part was wished, it goes alone, and the rest waits once more.
const approve = going(
  'approve',
  forApproval,
  `state = 4 and (kind = ${CANARY}
    or not exists (select 1 from run_chunk k where k.run_no = (select run_no from asked) and k.state = 4 and k.kind = ${CANARY}))`,
)

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
 * @throws AppError `not-found`, `run-over`, `run-not-paused`, `run-being-cancelled`, `run-restored-unconfirmed`
 */
export async function resumeRun(deps: RunDeps, call: ControlCall, { confirm = false } = {}): Promise<void> {
  await letGo(deps, call, { text: resume, values: [confirm], refused: 'run-not-paused' })
}

/** Says yes to what a guard found, or to the rest after the first part. @throws AppError `not-found`, `run-over`, `run-not-waiting`, `run-being-cancelled` */
export async function approveRun(deps: RunDeps, call: ControlCall): Promise<void> {
  await letGo(deps, call, { text: approve, values: [], refused: 'run-not-waiting' })
}

async function letGo(
  deps: RunDeps,
  call: ControlCall,
  move: { text: string; values: readonly unknown[]; refused: 'run-not-paused' | 'run-not-waiting' },
): Promise<void> {
  const { rows } = await deps.pool.query<{ run_no: string }>(move.text, [
    call.runId,
    call.workspaceId,
    call.actor,
    ...move.values,
  ])
  const row = rows[0]
  if (!row) throw refusal(await standOf(deps, call), move.refused)
  await wakeRun(deps, { runId: call.runId, runNo: Number(row.run_no) })
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
  return new AppError(otherwise, {})
}
