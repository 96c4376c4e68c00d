import { runStateOf } from '#runtime/states/run-states.ts'
import type { RunAction } from '#schemas/run.ts'
import type { RunState } from '#schemas/states.ts'
import { EVENTS } from './run-kinds.ts'
import type { RunRow } from './run-row.ts'
import { reported, type NodeSums, type RunSums } from './sums.ts'

/** Reasons for which a run waits until a person says yes. A run that waits for its time has none of them. */
export const APPROVAL_CODES: readonly string[] = [
  'guard-recipients',
  'guard-empty',
  'guard-jump',
  'guard-missing',
  'guard-cost',
  'guard-unknown',
  'first-part-sent',
  'launch-prepared',
]

/** States in which everything that was to be sent was sent, so that a person may send to some once more. */
export const SENT_OUT: readonly RunState[] = ['settling', 'completed', 'cancelled']

/** What the actions depend on, beside the counters. */
export type ActionRow = Pick<RunRow, 'state' | 'kind' | 'reason' | 'cancel_requested' | 'pause_requested' | 'erased'>

export function waitsForApproval(row: Pick<RunRow, 'state' | 'reason'>): boolean {
  return runStateOf(row.state) === 'waiting' && row.reason !== null && APPROVAL_CODES.includes(row.reason.code)
}

/** What a person may do with a run now. The same rules refuse the call, under a lock (server/runs/control.ts). */
export function actionsOf(row: ActionRow, sums: RunSums | undefined): RunAction[] {
  const state = runStateOf(row.state)
  const over = state === 'completed' || state === 'failed' || state === 'cancelled'
  const going = !row.cancel_requested && !over
  const prepares = state === 'queued' || state === 'preparing'
  const possible: Readonly<Record<RunAction, boolean>> = {
    pause:
      going && ((prepares && !row.pause_requested) || state === 'sending' || (state === 'waiting' && !waitsForApproval(row))),
    resume: going && (state === 'paused' || (prepares && row.pause_requested)),
    cancel: going,
    approve: going && waitsForApproval(row),
    resend: !row.erased && SENT_OUT.includes(state) && countOf(sums, ['failed', 'skipped']) > 0,
    resolve: !row.erased && countOf(sums, ['unconfirmed']) > 0,
    // What events brought comes no second time.
    repeat: (over || state === 'settling') && row.kind !== EVENTS,
  }
  // The keys are those of the record above.
  return (Object.keys(possible) as RunAction[]).filter((action) => possible[action])
}

function countOf(sums: RunSums | undefined, states: readonly ('failed' | 'skipped' | 'unconfirmed')[]): number {
  if (!sums) return 0
  const at = (chunk: NodeSums): number =>
    states.reduce((sum, state) => sum + chunk[state] + reported(sums, chunk.nodeNo, state), 0)
  return sums.chunks.reduce((sum, chunk) => sum + at(chunk), 0)
}

/** Rows whose calls were under way when the run was stopped. Null: it was not stopped, or nothing is in flight any more. */
export function stoppingOf(
  row: Pick<RunRow, 'state' | 'cancel_requested'>,
  sums: RunSums | undefined,
): { inFlight: number } | null {
  const state = runStateOf(row.state)
  const stopped = state === 'paused' || (row.cancel_requested && (state === 'sending' || state === 'waiting'))
  const inFlight = sums?.chunks.reduce((sum, chunk) => sum + chunk.inFlight, 0) ?? 0
  return stopped && inFlight > 0 ? { inFlight } : null
}
