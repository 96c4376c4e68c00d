import type { MessageState } from '#schemas/states.ts'
import type { FailureClass, SendResult } from '#runtime/sdk/index.ts'
import { errorCode } from './error-code.ts'

/** Waits before the next attempt, ms: 30 s, 2, 5, 15 min. After the last one a temporary failure is final. */
export const RETRY_WAITS_MS: readonly number[] = [30_000, 120_000, 300_000, 900_000]

/** What is done with a row besides its message's row. */
export type Next = 'nothing' | 'retry' | 'fallback' | 'hold'

export interface Decision {
  readonly state: MessageState
  readonly errorCode: string | null
  readonly next: Next
}

/**
 * What a provider's answer means for one message. Pure.
 * `attempt` counts from 1; `retries`: how many more attempts the host allows at all; `fallback`: is `undelivered` connected?
 * Never a fallback from opt-out or unknown.
 */
export function decide(result: SendResult, at: { attempt: number; retries: number; fallback: boolean }): Decision {
  if (result.state === 'sent') return { state: 'sent', errorCode: null, next: 'nothing' }
  const { code } = result
  const onRefusal: Next = at.fallback ? 'fallback' : 'nothing'
  switch (result.class) {
    case 'temporary':
      return at.attempt <= at.retries
        ? { state: 'errored', errorCode: errorCode('provider-busy', code), next: 'retry' }
        : { state: 'failed', errorCode: errorCode('retries-used-up', code), next: onRefusal }
    case 'recipient':
    case 'content':
      return { state: 'failed', errorCode: errorCode('provider-refused', code), next: onRefusal }
    case 'opted-out':
      return { state: 'failed', errorCode: errorCode('provider-refused', code), next: 'nothing' }
    case 'configuration':
      return { state: 'errored', errorCode: errorCode('provider-configuration', code), next: 'hold' }
    case 'unknown':
      return { state: 'unconfirmed', errorCode: errorCode('provider-unknown', code), next: 'nothing' }
  }
}

/** May a failure that a late report tells lead to the fallback? */
export function fallsBack(failure: FailureClass | null): boolean {
  return failure === 'recipient' || failure === 'content' || failure === 'temporary'
}

/**
 * Wait before attempt `attempt` + 1, ms, with up to 20 % jitter. What the provider asked for wins; one that refuses again when its own time
 * was over is not taken at its word alone, or it would use up all attempts within seconds.
 */
export function retryWait(attempt: number, options: { waits: readonly number[]; retryAfterMs?: number | undefined }): number {
  const { waits, retryAfterMs } = options
  const ours = (nth: number): number => Math.round((waits[Math.min(nth, waits.length) - 1] ?? 0) * (1 + 0.2 * Math.random()))
  if (retryAfterMs === undefined) return ours(attempt)
  return Math.max(retryAfterMs, attempt > 1 ? ours(attempt - 1) : 0)
}
