import { crashPoint } from '#runtime/crash-point.ts'
import { AppError, CallFailed, type OutgoingMessage, type SendResult, type Slice } from '#runtime/sdk/index.ts'
import type { TakenChunk } from './ledger.ts'
import { messageId } from './message-id.ts'
import type { PreparedRow } from './prepare.ts'
import type { Proof } from './proof.ts'
import type { Sender } from './sender.ts'

/** Time between the end of the longest call and the end of our claim, ms. */
const SLACK_MS = 2_000

/** How a call ended. `late`: not begun, its time-out no longer fits before the deadline; `fenced`: not begun, the chunk is not ours. */
export type CallEnd =
  | {
      readonly kind: 'answered'
      readonly results: readonly SendResult[]
      readonly handle: string | null
      readonly retryAfterMs?: number | undefined
    }
  | { readonly kind: 'configuration'; readonly error: AppError }
  | { readonly kind: 'unknown'; readonly handle: string | null; readonly code: string }
  | { readonly kind: 'late' }
  | { readonly kind: 'fenced' }

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
  const channel = sender.plan.nodes[sender.stage.channel]?.type.channel?.name ?? ''
  return { key: `${sender.runNo.toString(36)}-${chunk.nodeNo}-${chunk.no}-${from}`, channel, messages }
}

/**
 * One call, begun only if it can end before our claim does, and cut off at the deadline. Nothing is written here but the provider's own
 * handle, before the call.
 */
export async function callProvider(
  sender: Sender,
  chunk: TakenChunk,
  { slice, from, proof }: { slice: Slice; from: number; proof?: Proof },
): Promise<CallEnd> {
  const { timeoutMs } = sender.provider.limits
  if (performance.now() + timeoutMs + SLACK_MS > chunk.deadline) return { kind: 'late' }
  const signal = AbortSignal.any([
    sender.signal,
    AbortSignal.timeout(Math.max(1, Math.floor(chunk.deadline - performance.now()))),
  ])
  let handle: string | null = null
  if (sender.session.begin) {
    try {
      handle = await sender.session.begin(slice, signal)
    } catch (error) {
      // Nothing was sent by making a handle: whatever went wrong, trying again is safe.
      return failedCall(error, { slice, handle: null, began: false })
    }
    if (!(await sender.ledger.begin(chunk, { from, handle }))) return { kind: 'fenced' }
    crashPoint('after-begin')
    if (performance.now() + timeoutMs > chunk.deadline) return { kind: 'late' }
  }
  try {
    crashPoint('mid-call', 10)
    const results = await sender.session.send(slice, { handle, signal, timeoutMs, ...(proof && { said: proof.said }) })
    crashPoint('after-accept')
    if (results.length === slice.messages.length) return { kind: 'answered', results, handle }
    sender.log.error('A provider answered for another number of messages than it got', {
      got: slice.messages.length,
      answered: results.length,
    })
    return { kind: 'unknown', handle, code: 'answer' }
  } catch (error) {
    if (!(error instanceof CallFailed))
      sender.log.error('A provider threw something else than CallFailed', {
        detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    return failedCall(error, { slice, handle, began: true })
  }
}

function failedCall(error: unknown, call: { slice: Slice; handle: string | null; began: boolean }): CallEnd {
  const failure = error instanceof CallFailed ? error.class : 'unknown'
  const code = error instanceof CallFailed ? String(error.error.fields['code'] ?? error.error.code) : 'exception'
  if (failure === 'configuration') {
    const known =
      error instanceof CallFailed ? error.error : new AppError('provider-configuration', { provider: '', detail: '', code })
    return { kind: 'configuration', error: known }
  }
  if (failure === 'unknown' && call.began) return { kind: 'unknown', handle: call.handle, code }
  const result: SendResult = { state: 'failed', class: failure === 'unknown' ? 'temporary' : failure, code, detail: '' }
  const retryAfterMs = error instanceof CallFailed ? error.retryAfterMs : undefined
  return { kind: 'answered', results: call.slice.messages.map(() => result), handle: call.handle, retryAfterMs }
}
