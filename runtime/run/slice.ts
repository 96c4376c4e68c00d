import { crashPoint } from '#runtime/crash-point.ts'
import { callFact } from './call-fact.ts'
import { callProvider, sliceFor } from './call.ts'
import { unknownAnswer, type CallEnd } from './call-end.ts'
import { claimWithLeave } from './claim.ts'
import { withoutErased } from './erased.ts'
import { isExpired } from './expiry.ts'
import { giveBack, listingWait, takeLeave, unknownDoubt, type Hand } from './hand.ts'
import { isNear, leaveAtHand } from './leave.ts'
import type { TakenChunk } from './ledger.ts'
import { pauseToMend } from './mend.ts'
import type { Prepared } from './prepare.ts'
import { Proof } from './proof.ts'
import { recordRows } from './record-rows.ts'
import type { Answer, Answered } from './results.ts'
import type { Sender } from './sender.ts'

/** Sends the chunk slice by slice, one call at a time: each record claims the next one. */
export async function sendSlices(sender: Sender, hand: Hand, prepared: Prepared): Promise<void> {
  for (;;) {
    if (!(await claimWithLeave(sender, hand, { prepared, rows: (rows) => rows }))) return
    hand.called = false
    // Asked anew: under a slow limit one chunk takes minutes.
    const held = await sendSlice(sender, hand, await withoutErased(sender, hand.chunk, prepared))
    crashPoint('after-record')
    if (!held) return
    hand.chunk = held
    hand.called = false
  }
}

/** Call and record of claimed rows. Null: the chunk is no longer in our hands. */
async function sendSlice(sender: Sender, hand: Hand, prepared: Prepared): Promise<TakenChunk | null> {
  const { chunk } = hand
  const { from } = chunk
  const to = Math.min(chunk.claimed, from + (hand.leave?.rows ?? 0))
  if (sender.stopped()) return giveBack(sender, chunk, { claimed: from, readyInMs: 0, doubt: 'none' })
  const places: number[] = []
  for (let place = from; place < to; place++) if (prepared.rows[place]?.ready) places.push(place)
  const unsent = { from, to, prepared, call: null, next: nextClaim(chunk, to, hand) }
  if (isExpired(sender, chunk))
    return recordRows(sender, chunk, { ...unsent, answered: all(places, { state: 'expired', code: 'expired' }) })
  if (places.length === 0) return recordRows(sender, chunk, { ...unsent, answered: new Map() })
  const slice = sliceFor(sender, chunk, { from, places, rows: prepared.rows })
  const proof = new Proof()
  const leave = takeLeave(hand)
  hand.called = true
  const end = await callProvider(sender, chunk, { slice, from, proof, ...(leave && { leave }) })
  const answered = answeredOf(end, places)
  if (!answered) return handBackUncalled(sender, chunk, end)
  if (end.kind === 'unknown' && sender.session.lookup)
    return giveBack(sender, chunk, {
      claimed: to,
      readyInMs: listingWait(sender),
      doubt: unknownDoubt(sender),
    })
  hand.leave = to < chunk.n ? await leaveAtHand(sender, sender.gate.slice) : null
  return recordRows(sender, chunk, {
    from,
    to,
    next: nextClaim(chunk, to, hand),
    prepared,
    answered,
    call: callFact(sender, { end, slice, answered, bodyHash: proof.digest(slice) }),
    retryAfterMs: end.kind === 'answered' ? end.retryAfterMs : undefined,
  })
}

/** Rows up to here are claimed by the record: those that may be called for at once. */
function nextClaim(chunk: TakenChunk, to: number, { leave }: Hand): number {
  const rows = leave && isNear(leave) ? leave.rows : 0
  return Math.max(chunk.claimed, Math.min(chunk.n, to + rows))
}

/** The call was not made, or certainly nothing of it was accepted. */
async function handBackUncalled(sender: Sender, chunk: TakenChunk, end: CallEnd): Promise<null> {
  if (end.kind === 'fenced') return null
  if (end.kind === 'configuration') await pauseToMend(sender, end.error.toJSON())
  const readyInMs = end.kind === 'late' ? (end.readyInMs ?? 0) : 0
  return giveBack(sender, chunk, { claimed: chunk.from, readyInMs, doubt: 'none' })
}

/** What became of the rows of a call; null: it was not made, or is to be made again once somebody mended the connection. */
function answeredOf(end: CallEnd, places: readonly number[]): Answered | null {
  if (end.kind === 'answered') return new Map(places.map((place, index) => [place, end.results[index] as Answer]))
  if (end.kind === 'unknown') return all(places, unknownAnswer(end))
  return null
}

function all(places: readonly number[], answer: Answer): Answered {
  return new Map(places.map((place) => [place, answer]))
}
