import { expect, test } from 'vitest'
import type { FailureClass, SendResult } from '#runtime/sdk/index.ts'
import { decide, fallsBack, retryWait, RETRY_WAITS_MS } from './decide.ts'
import { errorCode, parseErrorCode, storedCode } from './error-code.ts'
import { messageId, parseMessageId } from './message-id.ts'
import { nextPollIn, reportsCloseAfter } from './report-times.ts'
import { AppError } from '#runtime/sdk/index.ts'

const failed = (failure: FailureClass): SendResult => ({ state: 'failed', class: failure, code: 'X', detail: '' })
const at = { attempt: 1, retries: 4, fallback: true }

test.each<[FailureClass, string, string, string]>([
  ['temporary', 'errored', 'provider-busy:X', 'retry'],
  ['unknown', 'unconfirmed', 'provider-unknown:X', 'nothing'],
  ['recipient', 'failed', 'provider-refused:X', 'fallback'],
  ['content', 'failed', 'provider-refused:X', 'fallback'],
  ['opted-out', 'failed', 'provider-refused:X', 'nothing'],
  ['configuration', 'errored', 'provider-configuration:X', 'hold'],
])('%s → %s', (failure, state, code, next) => {
  expect(decide(failed(failure), at)).toEqual({ state, errorCode: code, next })
})

test('after the last attempt a temporary failure is final, and goes to the fallback where there is one', () => {
  expect(decide(failed('temporary'), { ...at, attempt: 5 })).toEqual({
    state: 'failed',
    errorCode: 'retries-used-up:X',
    next: 'fallback',
  })
  expect(decide(failed('recipient'), { ...at, fallback: false }).next).toBe('nothing')
})

test('a late failure never falls back from opt-out or unknown', () => {
  expect((['recipient', 'content', 'temporary'] as const).every(fallsBack)).toBe(true)
  expect([fallsBack('opted-out'), fallsBack('unknown'), fallsBack('configuration'), fallsBack(null)]).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('waits grow, with jitter; what the provider asked for wins', () => {
  RETRY_WAITS_MS.forEach((wait, index) => {
    const chosen = retryWait(index + 1, { waits: RETRY_WAITS_MS })
    expect(chosen).toBeGreaterThanOrEqual(wait)
    expect(chosen).toBeLessThanOrEqual(wait * 1.2 + 1)
  })
  expect(retryWait(1, { waits: RETRY_WAITS_MS, retryAfterMs: 7 })).toBe(7)
  // It refused again when its own time was over.
  expect(retryWait(2, { waits: RETRY_WAITS_MS, retryAfterMs: 7 })).toBeGreaterThanOrEqual(30_000)
  expect(retryWait(2, { waits: RETRY_WAITS_MS, retryAfterMs: 600_000 })).toBe(600_000)
})

test('stored reasons hold our code and the vendor’s, and no value of a person', () => {
  expect(parseErrorCode(errorCode('provider-refused', '3104'))).toEqual({ code: 'provider-refused', detail: '3104' })
  expect(parseErrorCode('opted-out')).toEqual({ code: 'opted-out', detail: null })
  expect(storedCode(new AppError('value-null', { variable: '이름', column: 'name' }))).toBe('value-null:이름')
  expect(storedCode(new AppError('text-not-encodable', { characters: '😀' }))).toBe('text-not-encodable')
})

test('a public id names run, node, number and attempt, and nothing else is one', () => {
  const key = { runNo: 82 * 2 ** 32 + 2 ** 31, nodeNo: 32_767, seq: 2 ** 31 - 1, attempt: 5 }
  expect(parseMessageId(messageId(key))).toEqual(key)
  for (const id of ['', 'm', 'm1-2-3', 'x1-2-3-4', 'm1-2-3-4-5', 'm1-2-3-4\n', "m1-2-3-4'"]) expect(parseMessageId(id)).toBeNull()
})

test('reports are asked for soon, then less often, until their channel closes', () => {
  expect([nextPollIn(0), nextPollIn(10_000), nextPollIn(10 * 3_600_000)]).toEqual([1_000, 5_000, 600_000])
  expect(reportsCloseAfter('alimtalk')).toBe(72 * 3_600_000)
  expect(reportsCloseAfter('sms')).toBe(80 * 3_600_000)
})
