import { AppError } from '#runtime/sdk/index.ts'
import { crashPoint } from '#runtime/crash-point.ts'
import { settleDoubt } from './doubt.ts'
import type { Leave, Wait } from './gate.ts'
import { withoutErased } from './erased.ts'
import { isExpired, overdueBefore, timeLeft, waitWithin } from './expiry.ts'
import { listingWait, STEP_WAIT_MS, takeLeave, unknownDoubt, type Hand } from './hand.ts'
import { askForLeave } from './leave.ts'
import { openPrepare, type Prepare } from './prepare.ts'
import type { Sender } from './sender.ts'
import { sendSlices } from './slice.ts'
import { closeChunk, expireChunk } from './unsent.ts'
import { keepsWindow, spanOf } from './window-span.ts'
import { sendWindow } from './window.ts'

/** Why a lane ended: nothing is ready, it may not send, its turn is over and others come first, or it may not call for a while. */
export type LaneEnd = 'empty' | 'stopped' | 'turn' | 'waiting'

/** A lane gives way after this time, so that runs of higher priority get in. */
const TURN_MS = 30_000
/** Asking may take long; nothing is claimed meanwhile, so nothing can come into doubt. */
const ASKING_WINDOW_MS = 600_000

/**
 * One lane: takes chunk after chunk of its stage. It asks for leave to call before it claims: who has to wait for a limit holds nothing
 * that could come into doubt. Backpressure is the number of lanes.
 */
export async function runLane(sender: Sender): Promise<LaneEnd> {
  const prepare = await openPrepare(sender, { items: sender.stage.outlets.length > 0 })
  // Queries are asked first, and may take long: leave is asked for when their answers are there.
  const asks = sender.stage.reads.length > 0
  const until = performance.now() + TURN_MS
  while (performance.now() < until) {
    if (sender.stopped()) return 'stopped'
    const leave = asks || sender.closing ? null : await askForLeave(sender, sender.gate.slice)
    const waits = leave?.kind === 'wait'
    if (waits) {
      // Who is too late needs no leave to be told so.
      if (await workOverdue(sender, { prepare, asks })) continue
      return endWaiting(sender, leave)
    }
    if (!(await workNext(sender, { prepare, leave, asks }))) return 'empty'
  }
  return 'turn'
}

async function endWaiting(sender: Sender, wait: Wait): Promise<LaneEnd> {
  if (sender.stopped()) return 'stopped'
  if (wait.everybody) await sender.postpone(waitWithin(sender, wait.ms))
  return 'waiting'
}

/** Takes a chunk whose time is over, while nobody may call. False: there is none. */
async function workOverdue(sender: Sender, work: { prepare: Prepare; asks: boolean }): Promise<boolean> {
  const cameBefore = overdueBefore(sender)
  if (cameBefore !== null) return workNext(sender, { ...work, leave: null, cameBefore })
  return timeLeft(sender) < 0 && workNext(sender, { ...work, leave: null })
}

/** Takes a chunk and works on it. False: none is ready. */
async function workNext(
  sender: Sender,
  { prepare, leave, asks, cameBefore }: { prepare: Prepare; leave: Leave | null; asks: boolean; cameBefore?: number },
): Promise<boolean> {
  let hand: Hand | null = null
  try {
    crashPoint('before-claim')
    const chunk = await sender.ledger.take({
      nodeNo: sender.stage.no,
      slice: leave ? claimOf(sender, leave) : 0,
      windowMs: asks ? ASKING_WINDOW_MS : sender.windowMs,
      closing: sender.closing,
      ...(cameBefore !== undefined && { cameBefore }),
    })
    if (!chunk) return false
    crashPoint('after-claim')
    hand = { chunk, called: false, leave }
    await workChunk(sender, hand, prepare)
    return true
  } finally {
    ;(hand ? takeLeave(hand) : leave)?.unused()
  }
}

/** Rows that are claimed for the next calls. */
function claimOf(sender: Sender, leave: Leave): number {
  return keepsWindow(sender) && !leave.probe ? spanOf(sender) : leave.rows
}

/** Sees to it that a chunk never stays in the hands of a lane that failed. */
async function workChunk(sender: Sender, hand: Hand, prepare: Prepare): Promise<void> {
  try {
    if (sender.closing) await closeChunk(sender, hand.chunk, prepare)
    else await sendChunk(sender, hand, prepare)
  } catch (error) {
    await handBack(sender, hand, error)
  }
}

async function handBack(sender: Sender, { chunk, called }: Hand, error: unknown): Promise<void> {
  const passing = error instanceof AppError && error.retryable
  // Whose old owner may wake up stays suspect, whatever we called for meanwhile.
  const doubt = called && chunk.doubt !== 'asleep' ? unknownDoubt(sender) : chunk.doubt
  const claimed = called ? chunk.claimed : chunk.from
  const readyInMs = Math.max(passing ? STEP_WAIT_MS : 0, called && sender.session.lookup ? listingWait(sender) : 0)
  await sender.ledger.giveBack(chunk, { claimed, readyInMs, doubt })
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
  if (hand.chunk.recorded === hand.chunk.from && isExpired(sender, hand.chunk)) return expireChunk(sender, hand.chunk)
  const prepared = await prepare(hand.chunk)
  if (hand.chunk.recorded < hand.chunk.from) {
    // Asking what became of those rows may take long, and sends them with leave of its own.
    takeLeave(hand)?.unused()
    const settled = await settleDoubt(sender, hand.chunk, { prepared, calls: () => (hand.called = true) })
    hand.called = false
    if (!settled) return
    hand.chunk = settled
  }
  // Slices ask again before each of them.
  if (keepsWindow(sender)) await sendWindow(sender, hand, await withoutErased(sender, hand.chunk, prepared))
  else await sendSlices(sender, hand, prepared)
}
