import type { Run } from '#schemas/run.ts'
import { isEnded } from '#editor/screens/run/run-facts.ts'

/** How a run that a person launches stands, seen from the dialog that asks. */
export type LaunchPhase = 'preparing' | 'ready' | 'nobody' | 'failed' | 'sent' | 'cancelled'

/** `cancelling` is over as well: nobody can send it any more. */
export function phaseOfLaunch(run: Pick<Run, 'state' | 'reason' | 'cause'>): LaunchPhase {
  const { state, reason, cause } = run
  if (state === 'cancelled' || (!isEnded(state) && cause?.code === 'cancelling')) return 'cancelled'
  if (state === 'failed') return 'failed'
  if (reason?.code === 'empty-audience' || reason?.code === 'guard-empty') return 'nobody'
  if (state === 'queued' || state === 'preparing') return 'preparing'
  return state === 'waiting' && reason?.code === 'launch-prepared' ? 'ready' : 'sent'
}
