/** What becomes of a time that nobody started: a person decides, it is sent after all within some hours, or it is left out. */
export const MISSED_POLICIES = ['ask', 'within', 'skip'] as const
export type MissedPolicy = (typeof MISSED_POLICIES)[number]

/** What a time does while the run before still sends: it waits for its end, is left out, or starts all the same. */
export const OVERLAP_POLICIES = ['wait', 'skip', 'start'] as const
export type OverlapPolicy = (typeof OVERLAP_POLICIES)[number]

/** Why a time was passed over: nothing was running, the run before still sent, or a later time of the same schedule took its place. */
export const PASSED_REASONS = ['late', 'running', 'newer'] as const
export type PassedReason = (typeof PASSED_REASONS)[number]

/** Where a time that was passed over stands: a person is asked; a person said no; the schedule said no; something ran since. */
export const PASSED_OUTCOMES = ['open', 'declined', 'skipped', 'over'] as const
export type PassedOutcome = (typeof PASSED_OUTCOMES)[number]
