/** Asked to come back earlier than this, we come back after it: a date that is past, or 0, would use up all attempts in a moment. */
const LEAST_MS = 1_000
/** A vendor that asks for days (or a gateway that counts in other units) does not keep everybody waiting: it is asked again. */
const MOST_MS = 3_600_000

/** How long somebody is to wait who was asked to: whole ms within sensible bounds; undefined: what was said is no time. */
export function sensibleWait(ms: number | undefined): number | undefined {
  if (ms === undefined || Number.isNaN(ms)) return undefined
  return Math.round(Math.min(Math.max(ms, LEAST_MS), MOST_MS))
}

/**
 * What the header `Retry-After` says (RFC 9110, 10.2.3: seconds, or a date), ms from now; undefined: nothing that can be read. Vendors
 * send fractions as well.
 */
export function retryAfterOf(header: string | undefined, now = Date.now()): number | undefined {
  const said = header?.trim() ?? ''
  if (said === '') return undefined
  const seconds = Number(said)
  return sensibleWait(Number.isNaN(seconds) ? Date.parse(said) - now : seconds * 1000)
}
