import type { RunFrame } from '#schemas/frames.ts'
import type { Run, RunAction, RunItem } from '#schemas/run.ts'
import type { MessageState, RunState } from '#schemas/states.ts'
import { isRunState, MESSAGE_STATE_ORDER } from '#editor/parts/state-tones.ts'

const ENDED: ReadonlySet<RunState> = new Set(['completed', 'failed', 'cancelled'])

/** Nothing will change any more, but for reports that come late. */
export const isEnded = (state: string): boolean => isRunState(state) && ENDED.has(state)

/** Sending is over; what is still open are the providers' answers. */
export const isSent = (state: string): boolean => state === 'settling' || isEnded(state)

/** Messages that were sent by the API come from no workflow that somebody drew: there is neither a draft nor a version of it. */
export const isSingleSends = ({ kind, version }: Pick<RunItem, 'kind' | 'version'>): boolean =>
  kind === 'open' && version === 'draft'

/** May a person do this with the run now? The server says so with each snapshot. */
export const can = (run: Pick<Run, 'actions'>, action: RunAction): boolean => run.actions.includes(action)

/** Within this time what waits would hardly go out, and the server's clock may be a little ahead of this one's. */
const SOON_MS = 60_000

/** Would going on now mean that the time of its messages is over? */
export const isLate = ({ expiresAt }: Pick<Run, 'expiresAt'>, now: number): boolean =>
  expiresAt !== null && new Date(expiresAt).getTime() <= now + SOON_MS

/** What was read, brought up to date by the newest snapshot. An end that was read is never taken back by an older snapshot. */
export function withFrame(run: Run, frame: RunFrame | null): Run {
  if (frame === null || (isEnded(run.state) && !isEnded(frame.state))) return run
  const { type: _type, runId: _runId, version: _version, series: _series, recent: _recent, ...live } = frame
  return { ...run, ...live }
}

/** Recipients by state in the order of bars; who is not counted yet waits, so that the counts always add up to `recipients`. */
export function countsOf(run: Pick<Run, 'recipients' | 'outcomes'>): { state: MessageState; count: number }[] {
  const known = MESSAGE_STATE_ORDER.map((state) => ({ state, count: run.outcomes[state] ?? 0 }))
  const sum = known.reduce((total, { count }) => total + count, 0)
  const uncounted = Math.max(0, (run.recipients ?? 0) - sum)
  return known.map(({ state, count }) => ({ state, count: state === 'pending' ? count + uncounted : count }))
}

export interface Progress {
  /** People whom nothing more will be sent to. */
  readonly done: number
  /** People something is to be sent to: left-out people are not among them. Null while the audience is read. */
  readonly toSend: number | null
  /** toSend − done. */
  readonly left: number
  /** People who got it, as far as anybody reports. */
  readonly reached: number
}

/** How far sending is. */
export function progressOf(run: Pick<Run, 'recipients' | 'toSend' | 'outcomes'>): Progress {
  const by = new Map(countsOf(run).map(({ state, count }) => [state, count]))
  const of = (...states: MessageState[]) => states.reduce((sum, state) => sum + (by.get(state) ?? 0), 0)
  const left = of('pending', 'sending', 'errored')
  const done = of('delivered', 'converted', 'sent', 'failed', 'expired', 'unconfirmed', 'cancelled')
  return { done, left, toSend: run.toSend, reached: of('delivered', 'converted') }
}

export const PHASES = ['prepare', 'send', 'settle', 'done'] as const

/** Place in `PHASES` that the run is in; `PHASES.length` when all of them are behind it. Null: it ended before its time, or a newer server has more states. */
export function phaseOf(state: string): number | null {
  if (state === 'queued' || state === 'preparing') return 0
  if (state === 'waiting' || state === 'sending' || state === 'paused') return 1
  if (state === 'settling') return 2
  return state === 'completed' ? PHASES.length : null
}
