import type { Leave } from './gate.ts'
import type { TakenChunk } from './ledger.ts'
import type { Sender } from './sender.ts'

/** What a lane holds while it works on a chunk. */
export interface Hand {
  /** The chunk as it is now. */
  chunk: TakenChunk
  /** A call was begun for claimed rows and is not recorded. */
  called: boolean
  /** Leave for the next call. */
  leave: Leave | null
}

/** Takes the leave out of the hand: who has it must end it. */
export function takeLeave(hand: Hand): Leave | null {
  const { leave } = hand
  hand.leave = null
  return leave
}

/** Our own call has ended: once the provider's lists have caught up, not found means not sent. */
export function unknownDoubt(sender: Pick<Sender, 'provider'>): TakenChunk['doubt'] {
  return sender.provider.limits.listingLagMs === undefined ? 'asleep' : 'dead'
}

/** Before something that failed for a passing reason is tried again. */
export const STEP_WAIT_MS = 30_000

/** ms until the provider's lists show what a call of ours may have left there: asked earlier, not found would mean nothing. */
export function listingWait(sender: Pick<Sender, 'provider'>): number {
  return sender.provider.limits.listingLagMs ?? STEP_WAIT_MS
}

export async function giveBack(
  sender: Sender,
  chunk: TakenChunk,
  options: Parameters<Sender['ledger']['giveBack']>[1],
): Promise<null> {
  await sender.ledger.giveBack(chunk, options)
  return null
}
