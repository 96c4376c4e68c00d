import { crashPoint } from '#runtime/crash-point.ts'
import { CallFailed, type OutgoingMessage, type Slice } from '#runtime/sdk/index.ts'
import { failedCall, healthOf, type CallEnd } from './call-end.ts'
import { callName } from './call-name.ts'
import type { Leave } from './gate.ts'
import { askForLeave, waitUntil } from './leave.ts'
import type { TakenChunk } from './ledger.ts'
import { messageId } from './message-id.ts'
import type { PreparedRow } from './prepare.ts'
import type { Proof } from './proof.ts'
import type { Sender } from './sender.ts'

/** Time between the end of the longest call and the end of our claim, ms. */
const SLACK_MS = 2_000

/** The rows of one call. `places`: those that are ready, by their place in the chunk. */
export interface CallRows {
  readonly from: number
  readonly places: readonly number[]
}

type Ready = Extract<PreparedRow, { ready: true }>

/** The slice as the provider gets it. A message's key is the same on every technical retry of its attempt. */
export function sliceFor(
  sender: Pick<Sender, 'runNo' | 'plan' | 'stage'>,
  chunk: TakenChunk,
  { from, places, rows }: CallRows & { rows: readonly PreparedRow[] },
): Slice {
  const messages = places.map((place): OutgoingMessage => {
    const row = rows[place] as Ready
    const seq = chunk.rows.seqs[place] as number
    return {
      key: messageId({ runNo: sender.runNo, nodeNo: chunk.nodeNo, seq, attempt: chunk.attempt }),
      to: row.to,
      composed: row.composed,
    }
  })
  const { key, channel } = callName(sender, chunk, from)
  return { key, channel, messages }
}

export interface CallFacts {
  readonly slice: Slice
  /** Under which its handle is kept (call-row.ts). */
  readonly from: number
  readonly proof?: Proof
  /** Leave for the call; without it, it is asked for here. */
  readonly leave?: Leave
  /** Cuts the call off; without it one is made for the claim's deadline. */
  readonly signal?: AbortSignal
}

/**
 * One call, begun at the time that its leave says, only if it can end before our claim does, and cut off at the deadline. Nothing is
 * written here but the provider's own handle, before the call.
 */
export async function callProvider(sender: Sender, chunk: TakenChunk, facts: CallFacts): Promise<CallEnd> {
  const leave = facts.leave ?? (await askForLeave(sender, facts.slice.messages.length))
  if (leave.kind === 'wait') return { kind: 'late', readyInMs: leave.ms }
  leave.carries(facts.slice.messages.length)
  const mayCall = leave.at > performance.now() ? await waitUntil(sender, leave.at) : !sender.stopped()
  if (!mayCall || isLate(sender, chunk, SLACK_MS)) {
    leave.unused()
    return { kind: 'late' }
  }
  let called: Called
  try {
    called = await call(sender, chunk, facts)
  } catch (thrown) {
    // The handle could not be committed, so no message was called for; the place in flight must be free again.
    leave.unused()
    throw thrown
  }
  const { end, error } = called
  if (end.kind === 'fenced' || end.kind === 'late') leave.unused()
  else leave.ended(healthOf(error, end.kind === 'unknown'))
  return end
}

function isLate(sender: Sender, chunk: TakenChunk, slackMs: number): boolean {
  return performance.now() + sender.provider.limits.timeoutMs + slackMs > chunk.deadline
}

interface Called {
  readonly end: CallEnd
  readonly error?: unknown
}

async function call(
  sender: Sender,
  chunk: TakenChunk,
  { slice, from, proof, signal = deadlineSignal(sender, chunk) }: CallFacts,
): Promise<Called> {
  const { timeoutMs } = sender.provider.limits
  let handle: string | null = null
  if (sender.session.begin) {
    try {
      handle = await sender.session.begin(slice, signal)
    } catch (error) {
      // Nothing was sent by making a handle: whatever went wrong, trying again is safe.
      return { end: failedCall(error, { slice, handle: null, began: false }), error }
    }
    if (!(await sender.ledger.begin(chunk, { from, handle }))) return { end: { kind: 'fenced' } }
    crashPoint('after-begin')
    // Stopped, or too late, while the handle was made: it was not used.
    if (sender.stopped() || isLate(sender, chunk, 0)) return { end: { kind: 'late' } }
  }
  try {
    crashPoint('mid-call', 10)
    const results = await sender.session.send(slice, { handle, signal, timeoutMs, ...(proof && { said: proof.said }) })
    crashPoint('after-accept')
    if (results.length === slice.messages.length) return { end: { kind: 'answered', results, handle } }
    sender.log.error('A provider answered for another number of messages than it got', {
      got: slice.messages.length,
      answered: results.length,
    })
    return { end: { kind: 'unknown', handle, code: 'answer' } }
  } catch (error) {
    if (!(error instanceof CallFailed))
      sender.log.error('A provider threw something else than CallFailed', {
        detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    return { end: failedCall(error, { slice, handle, began: true }), error }
  }
}

/** Cuts calls off when our claim ends, or the worker dies. One for all calls of a claim: such signals are dear. */
export function deadlineSignal(sender: Pick<Sender, 'signal'>, chunk: Pick<TakenChunk, 'deadline'>): AbortSignal {
  const left = Math.max(1, Math.floor(chunk.deadline - performance.now()))
  return AbortSignal.any([sender.signal, AbortSignal.timeout(left)])
}
