import type { PersonMessage } from '#schemas/api/people.ts'

/** What is known of a person beyond the list: what was last received, and whether the person wished to get nothing. */
export interface PersonFacts {
  /** The newest that arrived; null: none did. Tests are no messages of the person. */
  readonly received: PersonMessage | null
  /** The newest time that the person was left out for having declined; null: never. */
  readonly optedOut: PersonMessage | null
  /** Something was sent after that: the data say now that the person may be written to. */
  readonly optedInSince: boolean
  readonly arrived: number
  readonly notArrived: number
  readonly tests: number
}

const ARRIVED: ReadonlySet<string> = new Set(['delivered', 'converted'])
const NOT: ReadonlySet<string> = new Set(['failed', 'expired', 'skipped', 'cancelled'])

/** @param messages newest first */
export function personFacts(messages: readonly PersonMessage[]): PersonFacts {
  const own = messages.filter(({ test }) => !test)
  const out = own.findIndex(({ reason }) => reason?.code === 'opted-out')
  return {
    received: own.find(({ state }) => ARRIVED.has(state)) ?? null,
    optedOut: own[out] ?? null,
    optedInSince: own.slice(0, Math.max(0, out)).some(({ channel, state }) => channel !== null && state !== 'skipped'),
    arrived: own.filter(({ state }) => ARRIVED.has(state)).length,
    notArrived: own.filter(({ state }) => NOT.has(state)).length,
    tests: messages.length - own.length,
  }
}
