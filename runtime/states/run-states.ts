import { RUN_STATES, type RunState } from '#schemas/states.ts'

/**
 * The legal moves of a run. `preparing` may begin anew (a worker died while it read the audience); `settling` goes back to
 * `sending` when late reports fill a fallback's chunk. A run that is completed or was cancelled is opened again only where a person wishes
 * that something of it is sent again.
 */
export const RUN_MOVES: Readonly<Record<RunState, readonly RunState[]>> = {
  queued: ['preparing', 'failed', 'cancelled'],
  preparing: ['preparing', 'waiting', 'sending', 'failed', 'cancelled'],
  waiting: ['sending', 'paused', 'failed', 'cancelled'],
  sending: ['waiting', 'paused', 'settling', 'failed', 'cancelled'],
  paused: ['waiting', 'sending', 'failed', 'cancelled'],
  settling: ['sending', 'completed', 'cancelled'],
  completed: ['sending'],
  failed: [],
  cancelled: ['sending'],
}

/** States in which nothing of a run goes on; by itself it never leaves them. */
export const RUN_ENDS: readonly RunState[] = ['completed', 'failed', 'cancelled']

/** The number of a run's state in the database: its place in RUN_STATES. */
export function runStateNumber(state: RunState): number {
  return RUN_STATES.indexOf(state)
}

/** The state behind a number of the database. Throws for a number that no state has. */
export function runStateOf(number: number): RunState {
  const state = RUN_STATES[number]
  if (!state) throw new Error(`There is no run state ${number}`)
  return state
}

/** Numbers of the states from which a run may go to `state`: what an update names in its `where`. */
export function runStatesBefore(state: RunState): number[] {
  return RUN_STATES.filter((from) => RUN_MOVES[from].includes(state)).map(runStateNumber)
}
