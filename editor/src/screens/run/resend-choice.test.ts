import { expect, test } from 'vitest'
import { reasonsOf, resendable, resendInput } from './resend-choice.ts'

test('who was left out on purpose is not offered', () => {
  const run = {
    outcomes: { delivered: 10, failed: 3, expired: 0, skipped: 60, cancelled: 2 },
    excluded: { 'opted-out': 38, duplicate: 13, 'bad-address': 9 },
  }
  expect(resendable(run)).toEqual([
    { state: 'failed', count: 3 },
    { state: 'cancelled', count: 2 },
    { state: 'skipped', count: 9 },
  ])
  expect(resendable({ outcomes: { skipped: 51 }, excluded: { 'opted-out': 38, duplicate: 13 } })).toEqual([])
})

const because = (code: string) => ({ reason: { code, message: `about ${code}` } })

test('reasons are counted, the most frequent first; on purpose is none', () => {
  expect(reasonsOf([because('a'), because('b'), because('b'), { reason: null }, because('opted-out')])).toEqual([
    { code: 'b', message: 'about b', count: 2 },
    { code: 'a', message: 'about a', count: 1 },
    { code: '', message: '', count: 1 },
  ])
})

test('codes are named only where something was left out of the choice, or left-out people are in it', () => {
  const reasons = reasonsOf([because('a'), because('b')])
  const none = new Set<string>()
  expect(resendInput(['failed'], { reasons, left: none })).toEqual({ states: ['failed'] })
  expect(resendInput(['failed'], { reasons, left: new Set(['a']) })).toEqual({ states: ['failed'], codes: ['b'] })
  expect(resendInput(['failed', 'skipped'], { reasons, left: none })).toEqual({
    states: ['failed', 'skipped'],
    codes: ['a', 'b'],
  })
})
