import { crashPoint } from '#runtime/crash-point.ts'
import { waitWithin } from './expiry.ts'
import { giveBack, takeLeave, type Hand } from './hand.ts'
import { askForLeave, comesNear } from './leave.ts'
import type { Prepared } from './prepare.ts'
import type { Sender } from './sender.ts'

/**
 * Makes sure that the hand holds claimed rows and leave to call for them. Answers of queries are committed before anything is claimed, so
 * that they are asked once even if the lane has to wait now. False: the chunk is no longer in our hands.
 */
export async function claimWithLeave(
  sender: Sender,
  hand: Hand,
  { prepared, rows }: { prepared: Prepared; rows: (leaveRows: number, probe: boolean) => number },
): Promise<boolean> {
  const fresh = hand.chunk.answers === null ? prepared.asked : null
  const leave = hand.leave ?? (await askForLeave(sender, sender.gate.slice))
  hand.leave = leave.kind === 'go' ? leave : null
  const near = leave.kind === 'go' && (await comesNear(sender, leave))
  const { chunk } = hand
  if (leave.kind === 'wait' || !near) {
    takeLeave(hand)?.unused()
    if (fresh && !(await sender.ledger.freeze(chunk, { answers: fresh, claim: chunk.from, windowMs: sender.windowMs })))
      return false
    const readyInMs = leave.kind === 'wait' && leave.everybody ? waitWithin(sender, leave.ms) : 0
    await giveBack(sender, chunk, { claimed: chunk.from, readyInMs, doubt: 'none' })
    return false
  }
  if (chunk.claimed > chunk.from) return true
  const claim = Math.min(chunk.n, chunk.from + rows(leave.rows, leave.probe))
  const frozen = await sender.ledger.freeze(chunk, { answers: fresh, claim, windowMs: sender.windowMs })
  if (!frozen) return false
  crashPoint('after-freeze')
  hand.chunk = frozen
  return true
}
