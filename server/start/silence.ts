export interface SilenceRule {
  /** Between two heartbeats, ms. */
  readonly pingMs: number
  /** So many without an answer, and the process is taken for frozen and killed. Counted, not timed: a machine that slept is no fault. */
  readonly unanswered: number
  /** While it starts, which takes a minute on a machine that is busy enough; it holds nothing yet that others wait for. */
  readonly unansweredAtStart: number
  /** So many are enough when one of its claims is about to end: it must be dead before others take over. */
  readonly unansweredAtDeadline: number
  /** So long before that end, ms. */
  readonly beforeDeadlineMs: number
}

interface Heard {
  readonly state: 'ok' | 'starting'
  readonly unanswered: number
  /** Until the first of its claims ends, ms, as it last said; negative: since then. Null: it claims nothing. */
  readonly untilDeadlineMs: number | null
}

/**
 * Is a process so silent that it must die? Near the end of a claim sooner. Long after that end both of us slept, and others took over
 * meanwhile: what it knows of its rows is worth more then than its death, so it has the usual time to come to itself.
 */
export function isSilent({ state, unanswered, untilDeadlineMs }: Heard, rule: SilenceRule): boolean {
  if (unanswered > (state === 'ok' ? rule.unanswered : rule.unansweredAtStart)) return true
  if (untilDeadlineMs === null || unanswered <= rule.unansweredAtDeadline) return false
  // Who was awake all the time has counted enough by then, also where the last answer came just before the end.
  const longAgo = -(rule.unansweredAtDeadline + 3) * rule.pingMs
  return untilDeadlineMs < rule.beforeDeadlineMs && untilDeadlineMs > longAgo
}

/**
 * Did whoever listens sleep himself between two heartbeats (a machine that was suspended, or far too busy)? Then the other one slept as well
 * or was not asked, and nothing that was heard before tells when its claims end: it may be that somebody took over already.
 * @param before ms, by a clock that goes on meanwhile; `now` too
 */
export function sleptBetween(before: number, now: number, { pingMs }: Pick<SilenceRule, 'pingMs'>): boolean {
  return now - before > 5 * pingMs
}
