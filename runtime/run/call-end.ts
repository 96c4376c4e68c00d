import { AppError, CallFailed, type SendResult, type Slice } from '#runtime/sdk/index.ts'
import { errorCode } from './error-code.ts'
import type { CallHealth } from './gate.ts'
import type { Answer } from './results.ts'

/**
 * How a call ended. `late`: not begun, since its time-out no longer fits before the deadline, or it has no leave now (`readyInMs`: until
 * it may be tried again); `fenced`: not begun, the chunk is not ours.
 */
export type CallEnd =
  | {
      readonly kind: 'answered'
      readonly results: readonly SendResult[]
      readonly handle: string | null
      readonly retryAfterMs?: number | undefined
    }
  | { readonly kind: 'configuration'; readonly error: AppError }
  | { readonly kind: 'unknown'; readonly handle: string | null; readonly code: string }
  | { readonly kind: 'late'; readonly readyInMs?: number }
  | { readonly kind: 'fenced' }

/** The vendor's own code of an error, or ours where it has none. */
const vendorCode = (error: AppError): string => String(error.fields['code'] ?? error.code)

/** Of each message of a call whose answer nobody knows. */
export const unknownAnswer = ({ code }: Extract<CallEnd, { kind: 'unknown' }>): Answer => ({
  state: 'unconfirmed',
  code: errorCode('provider-unknown', code),
})

/** Of each message of a call that was refused because the connection is not set up right: certainly not accepted. */
export const configurationAnswer = ({ error }: Extract<CallEnd, { kind: 'configuration' }>): Answer => ({
  state: 'failed',
  class: 'configuration',
  code: vendorCode(error),
  detail: '',
})

/** Of a message for which no call was made in time: it is tried again as an attempt of its own. */
export const lateAnswer: Answer = { state: 'failed', class: 'temporary', code: 'late', detail: '' }

/** What an error means for the messages that the call carried. `began`: the call itself, not only the making of a handle. */
export function failedCall(error: unknown, call: { slice: Slice; handle: string | null; began: boolean }): CallEnd {
  const failure = error instanceof CallFailed ? error.class : 'unknown'
  const code = error instanceof CallFailed ? vendorCode(error.error) : 'exception'
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

/**
 * What a call says of the provider's health. A refusal is an answer; a 429 asks for fewer calls and is no failure; what could not be
 * reached, or did not say what became of the call, is one.
 */
export function healthOf(error: unknown, unknown: boolean): CallHealth {
  if (error === undefined) return { kind: unknown ? 'failed' : 'answered' }
  if (!(error instanceof CallFailed) || error.class === 'unknown') return { kind: 'failed' }
  if (error.class !== 'temporary') return { kind: 'answered' }
  return error.error.code === 'provider-unreachable' ? { kind: 'failed' } : { kind: 'busy', retryAfterMs: error.retryAfterMs }
}
