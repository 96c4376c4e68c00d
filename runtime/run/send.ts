import { AppError } from '#runtime/sdk/index.ts'
import { crashPoint } from '#runtime/crash-point.ts'
import { callProvider, sliceFor, type CallEnd } from './call.ts'
import { settleDoubt } from './doubt.ts'
import { errorCode } from './error-code.ts'
import type { CallFact, TakenChunk } from './ledger.ts'
import { openPrepare, type Prepare, type Prepared } from './prepare.ts'
import { Proof } from './proof.ts'
import { recordRows } from './record-rows.ts'
import { nextPollIn, reportsCloseAfter } from './report-times.ts'
import type { Answer, Answered } from './results.ts'
import { sliceOf, type Sender } from './sender.ts'
import { closeChunk, expireChunk } from './unsent.ts'

/** Why a lane ended: nothing is ready, it may not send, or its turn is over and others come first. */
export type LaneEnd = 'empty' | 'stopped' | 'turn'

/** A lane gives way after this time, so that runs of higher priority get in. */
const TURN_MS = 30_000
/** Asking may take long; nothing is claimed meanwhile, so nothing can come into doubt. */
const ASKING_WINDOW_MS = 600_000
/** Before a step that failed for a passing reason is tried again. */
const STEP_WAIT_MS = 30_000

/** One lane: takes chunk after chunk of its stage, one call at a time. Backpressure is the number of lanes. */
export async function runLane(sender: Sender): Promise<LaneEnd> {
  const prepare = await openPrepare(sender)
  const asks = sender.stage.reads.length > 0
  const until = performance.now() + TURN_MS
  while (performance.now() < until) {
    if (sender.stopped()) return 'stopped'
    crashPoint('before-claim')
    const chunk = await sender.ledger.take({
      nodeNo: sender.stage.no,
      slice: asks || sender.closing ? 0 : sliceOf(sender),
      windowMs: asks ? ASKING_WINDOW_MS : sender.windowMs,
      closing: sender.closing,
    })
    if (!chunk) return 'empty'
    crashPoint('after-claim')
    await workChunk(sender, chunk, prepare)
  }
  return 'turn'
}

/** Sees to it that a chunk never stays in the hands of a lane that failed. */
async function workChunk(sender: Sender, chunk: TakenChunk, prepare: Prepare): Promise<void> {
  const hand = { chunk, called: false }
  try {
    if (sender.closing) await closeChunk(sender, chunk, prepare)
    else await sendChunk(sender, hand, prepare)
  } catch (error) {
    await handBack(sender, hand, error)
  }
}

interface Hand {
  /** The chunk as it is now. */
  chunk: TakenChunk
  /** A call was begun for the claimed rows and is not recorded. */
  called: boolean
}

async function handBack(sender: Sender, { chunk, called }: Hand, error: unknown): Promise<void> {
  const passing = error instanceof AppError && error.retryable
  const doubt = called ? unknownDoubt(sender) : chunk.doubt
  const claimed = called ? chunk.claimed : chunk.from
  await sender.ledger.giveBack(chunk, { claimed, readyInMs: passing ? STEP_WAIT_MS : 0, doubt })
  if (passing) return sender.log.warn('A step failed and is tried again', { code: error.code, detail: error.message })
  if (called) {
    sender.log.error('A call could not be recorded; its rows are in doubt', {
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
    return
  }
  // Not a matter of time: a person must look. Whatever is not an AppError is a bug of ours or of a plugin.
  const reason =
    error instanceof AppError ? error : new AppError('internal', { requestId: `run ${sender.runNo}` }, { cause: error })
  if (!(error instanceof AppError))
    sender.log.error('A step failed', { detail: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  await sender.ledger.pause(reason.toJSON())
}

async function sendChunk(sender: Sender, hand: Hand, prepare: Prepare): Promise<void> {
  if (hand.chunk.recorded === hand.chunk.from && isExpired(sender)) return expireChunk(sender, hand.chunk)
  const prepared = await prepare(hand.chunk)
  if (hand.chunk.recorded < hand.chunk.from) {
    const settled = await settleDoubt(sender, hand.chunk, prepared)
    if (!settled) return
    hand.chunk = settled
  }
  if (hand.chunk.claimed === hand.chunk.from) {
    const claim = Math.min(hand.chunk.n, hand.chunk.from + sliceOf(sender))
    const frozen = await sender.ledger.freeze(hand.chunk, { answers: prepared.asked, claim, windowMs: sender.windowMs })
    if (!frozen) return
    crashPoint('after-freeze')
    hand.chunk = frozen
  }
  for (let held: TakenChunk | null = hand.chunk; held;) {
    hand.chunk = held
    hand.called = false
    held = await sendSlice(sender, hand, prepared)
    crashPoint('after-record')
  }
}

/** Call and record of the claimed rows. Null: the chunk is no longer in our hands. */
async function sendSlice(sender: Sender, hand: Hand, prepared: Prepared): Promise<TakenChunk | null> {
  const { chunk } = hand
  const { from, claimed: to } = chunk
  if (sender.stopped()) return giveBack(sender, chunk, { claimed: from, readyInMs: 0, doubt: 'none' })
  const places: number[] = []
  for (let place = from; place < to; place++) if (prepared.rows[place]?.ready) places.push(place)
  const slice = sliceFor(sender, chunk, { from, places, rows: prepared.rows })
  const next = Math.min(chunk.n, to + sliceOf(sender))
  if (isExpired(sender))
    return recordRows(sender, chunk, {
      from,
      to,
      next,
      prepared,
      answered: all(places, { state: 'expired', code: 'expired' }),
      call: null,
    })
  if (places.length === 0) return recordRows(sender, chunk, { from, to, next, prepared, answered: new Map(), call: null })
  hand.called = true
  const proof = new Proof()
  const end = await callProvider(sender, chunk, { slice, from, proof })
  if (end.kind === 'fenced') return null
  if (end.kind === 'late') return giveBack(sender, chunk, { claimed: from, readyInMs: 0, doubt: 'none' })
  if (end.kind === 'configuration') {
    await sender.ledger.pause(end.error.toJSON())
    return giveBack(sender, chunk, { claimed: from, readyInMs: 0, doubt: 'none' })
  }
  if (end.kind === 'unknown' && sender.session.lookup)
    return giveBack(sender, chunk, {
      claimed: to,
      readyInMs: sender.provider.limits.listingLagMs ?? STEP_WAIT_MS,
      doubt: unknownDoubt(sender),
    })
  const answered =
    end.kind === 'answered'
      ? zip(places, end)
      : all(places, { state: 'unconfirmed', code: errorCode('provider-unknown', end.code) })
  const call = callFact(sender, { end, slice, answered, proof })
  return recordRows(sender, chunk, {
    from,
    to,
    next,
    prepared,
    answered,
    call,
    retryAfterMs: end.kind === 'answered' ? end.retryAfterMs : undefined,
  })
}

/** Our own call has ended: once the provider's lists have caught up, not found means not sent. */
function unknownDoubt(sender: Sender): TakenChunk['doubt'] {
  return sender.provider.limits.listingLagMs === undefined ? 'asleep' : 'dead'
}

async function giveBack(sender: Sender, chunk: TakenChunk, options: Parameters<Sender['ledger']['giveBack']>[1]): Promise<null> {
  await sender.ledger.giveBack(chunk, options)
  return null
}

function all(places: readonly number[], answer: Answer): Answered {
  return new Map(places.map((place) => [place, answer]))
}

function zip(places: readonly number[], end: Extract<CallEnd, { kind: 'answered' }>): Answered {
  return new Map(places.map((place, index) => [place, end.results[index] as Answer]))
}

function callFact(
  sender: Sender,
  { end, slice, answered, proof }: { end: CallEnd; slice: ReturnType<typeof sliceFor>; answered: Answered; proof: Proof },
): CallFact {
  const accepted = [...answered.values()].filter((answer) => answer.state === 'sent').length
  const handle = end.kind === 'answered' || end.kind === 'unknown' ? end.handle : null
  const polls = sender.session.poll !== undefined && (accepted > 0 || end.kind === 'unknown')
  return {
    handle: handle ?? (polls ? slice.key : null),
    accepted,
    bodyHash: proof.digest(slice),
    pollInMs: polls ? nextPollIn(0) : null,
    closesInMs: polls ? reportsCloseAfter(slice.channel) : null,
  }
}

function isExpired(sender: Sender): boolean {
  const node = sender.plan.nodes[sender.stage.channel]
  const minutes = node?.type.channel?.expiresAfter(node.config) ?? Number.POSITIVE_INFINITY
  return sender.clock.now().getTime() > sender.startedAt + minutes * 60_000
}
