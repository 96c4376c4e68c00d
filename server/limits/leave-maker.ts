import type { Leave } from '#runtime/run/gate.ts'
import type { BoughtCall } from './buyer.ts'
import type { HealthTeller } from './health-teller.ts'
import type { LeaseKeeper } from './lease-keeper.ts'
import type { LimitPlace } from './place.ts'
import { dropProbe } from './report-health.ts'

/** What a leave frees and tells when it ends. */
export interface LeaveParts {
  readonly place: LimitPlace
  readonly lease: LeaseKeeper
  readonly teller: HealthTeller
}

/** The leave for a call that was bought, in a slot that was taken: whoever has it ends it once, and frees the slot by that. */
export function makeLeave({ place, lease, teller }: LeaveParts, { part, probe, giveBack }: BoughtCall): Leave {
  let open = true
  const end = (): boolean => {
    const first = open
    open = false
    if (first) lease.slots.release()
    return first
  }
  return {
    kind: 'go',
    at: part.at,
    rows: part.rows,
    probe,
    carries: (messages) => open && giveBack(Math.min(messages, part.rows), true),
    ended: (health) => {
      if (end()) teller.hear(health, { probe })
    },
    unused: () => {
      if (!end()) return
      giveBack(0, false)
      if (probe) void dropProbe(place).catch(() => undefined)
    },
  }
}

/** A call over a connection without a limit. */
export function freeCall(rows: number): BoughtCall {
  return { kind: 'bought', part: { at: performance.now(), rows, lineMs: 0 }, probe: false, giveBack: () => undefined }
}
