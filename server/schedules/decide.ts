import type { MissedPolicy, OverlapPolicy, PassedReason } from '#schemas/schedule-policies.ts'

/** A start that comes later than this after its time is no start any more: nobody wants Monday's nine o'clock message at noon. */
export const LATEST_MS = 10 * 60_000
const HOUR_MS = 3_600_000
/** A time waits so long for the run before; then a person is asked, or it is left out. */
const LONGEST_HOLD_MS = 24 * HOUR_MS

/** What is known of a schedule that is due. */
export interface Due {
  /** The time it is due for, and the times after it that have passed as well: the last one of each day, oldest first. */
  readonly times: readonly [Date, ...Date[]]
  readonly now: Date
  readonly missed: { readonly policy: MissedPolicy; readonly hours: number | null }
  readonly overlap: OverlapPolicy
  /** Does a run of the workflow still send? */
  readonly going: boolean
  /** The first of the times has waited for that run, until this moment at the latest; null: it has not. */
  readonly heldUntil: Date | null
}

/** A time that is not started. `asks`: a person is to decide. */
export interface Passed {
  readonly fireAt: Date
  readonly why: PassedReason
  readonly asks: boolean
}

export interface Decision {
  /** The time to start a run for now. */
  readonly start: Date | null
  /** The time that waits for the run before. */
  readonly hold: Date | null
  readonly passed: readonly Passed[]
}

/** What becomes of the times of a schedule that is due: of all that have passed only the newest may still start. */
export function decide(due: Due): Decision {
  const { times, overlap, going, heldUntil, now } = due
  const [first, ...later] = times
  const newest = later.at(-1) ?? first
  const older = times.slice(0, -1)
  const waited = heldUntil !== null && newest === first
  // What waited is given up when the time of the next one comes.
  const behind = (why: PassedReason): Passed[] =>
    older.map((fireAt) => ({ fireAt, why: heldUntil !== null && fireAt === first ? 'running' : why, asks: false }))
  if (!waited && isTooLate(due, newest)) {
    const why = (fireAt: Date) => (heldUntil !== null && fireAt === first ? 'running' : 'late')
    return { start: null, hold: null, passed: times.map((fireAt) => missed(due, fireAt, why(fireAt))) }
  }
  if (!going || overlap === 'start') return { start: newest, hold: null, passed: behind('newer') }
  if (overlap === 'skip')
    return { start: null, hold: null, passed: [...behind('newer'), { fireAt: newest, why: 'running', asks: false }] }
  if (waited && now >= heldUntil) return { start: null, hold: null, passed: [missed(due, newest, 'running')] }
  return { start: null, hold: newest, passed: behind('newer') }
}

function isTooLate({ now, missed: { policy, hours } }: Due, fireAt: Date): boolean {
  return now.getTime() - fireAt.getTime() > (policy === 'within' ? withinMs(hours) : LATEST_MS)
}

const withinMs = (hours: number | null): number => Math.max(LATEST_MS, (hours ?? 0) * HOUR_MS)

/** Until when a time waits for the run before, at the latest; `next`: the schedule's next time. */
export function holdUntil(
  fireAt: Date,
  { now, missed: { policy, hours } }: Pick<Due, 'now' | 'missed'>,
  next: Date | null,
): Date {
  // Whoever said how late it may be sent means it, whatever made it late.
  const within = policy === 'within' ? fireAt.getTime() + withinMs(hours) : Number.POSITIVE_INFINITY
  return new Date(Math.min(now.getTime() + LONGEST_HOLD_MS, next?.getTime() ?? Number.POSITIVE_INFINITY, within))
}

const missed = (due: Due, fireAt: Date, why: PassedReason): Passed => ({ fireAt, why, asks: due.missed.policy !== 'skip' })
