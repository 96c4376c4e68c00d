import type { Leave, Wait } from './gate.ts'
import type { Sender } from './sender.ts'

/** A short wait is waited for in the lane, with nothing claimed; after a longer one the chunk is somebody else's to take. */
const PATIENCE_MS = 2_000
/** Claimed so much before the call may begin: the claim itself takes a moment. */
const EARLY_MS = 50
/** Stop is felt within this time. */
const STEP_MS = 100

type Waiting = Pick<Sender, 'gate' | 'stopped'>

/** Leave for the next call, come near to its time. */
export async function askForLeave(sender: Waiting, rows: number): Promise<Leave | Wait> {
  const got =
    sender.gate.tryAsk(rows) ?? (await sender.gate.ask(rows, { patienceMs: PATIENCE_MS, stopped: () => sender.stopped() }))
  if (got.kind === 'wait' || (await comesNear(sender, got))) return got
  got.unused()
  return { kind: 'wait', ms: 0, everybody: false }
}

/** Leave for the call after this one, if it is at hand: its rows can then be claimed by the record of this one. */
export async function leaveAtHand(sender: Waiting, rows: number): Promise<Leave | null> {
  if (sender.stopped()) return null
  const got = sender.gate.tryAsk(rows) ?? (await sender.gate.ask(rows, { patienceMs: 0, stopped: () => sender.stopped() }))
  return got.kind === 'go' ? got : null
}

export function isNear(leave: Leave): boolean {
  return leave.at - performance.now() <= EARLY_MS
}

/** Waits until the call is near enough to claim its rows. False: stopped meanwhile. */
export function comesNear(sender: Pick<Sender, 'stopped'>, leave: Leave): Promise<boolean> {
  return waitUntil(sender, leave.at - EARLY_MS)
}

/** Waits for a moment of `performance.now()`. False: stopped meanwhile. */
export async function waitUntil(sender: Pick<Sender, 'stopped'>, at: number): Promise<boolean> {
  for (;;) {
    if (sender.stopped()) return false
    const left = at - performance.now()
    if (left <= 0) return true
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, STEP_MS)))
  }
}
