import { runStateNumber } from '#runtime/states/run-states.ts'

/** Numbers of the states in which a run may still send something of its own accord. */
export const OPEN_RUN_STATES: readonly number[] = (['queued', 'preparing', 'waiting', 'sending', 'paused'] as const).map(
  runStateNumber,
)
