/** Until when reports of a channel are waited for, ms after the call; a provider may say earlier that nothing more comes. */
const CLOSES_MS: Readonly<Record<string, number>> = { alimtalk: 3 * 86_400_000 }
const CLOSES_DEFAULT_MS = 80 * 3_600_000
const LEAST_WAIT_MS = 1_000
const MOST_WAIT_MS = 600_000

/** How long the reports of a call are waited for. */
export function reportsCloseAfter(channel: string): number {
  return CLOSES_MS[channel] ?? CLOSES_DEFAULT_MS
}

/** Wait before a provider is asked (again) for reports: half the age of the call, so that fresh ones come fast and old ones cost little. */
export function nextPollIn(ageMs: number): number {
  return Math.round(Math.min(Math.max(ageMs / 2, LEAST_WAIT_MS), MOST_WAIT_MS))
}
