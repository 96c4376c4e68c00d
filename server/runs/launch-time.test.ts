import { expect, test } from 'vitest'
import sandbox from '#nodes/providers/sandbox.ts'
import solapi from '#nodes/providers/solapi/solapi.ts'
import { sendingTime, touchesNight } from './launch-time.ts'

test('the slowest connection decides, and says how fast it is', () => {
  const fast = { connection: 'fast', type: sandbox, settings: { messagesPerSecond: 100, reservedPercent: 0 }, count: 1000 }
  const slow = { connection: 'slow', type: sandbox, settings: { messagesPerSecond: 10, reservedPercent: 0 }, count: 600 }
  expect(sendingTime([fast, slow])).toEqual({ connection: 'slow', seconds: 60, perSecond: 10 })
})

test('what is kept for single sends is not there for a run; no limit, no time', () => {
  const kept = { connection: 'one', type: sandbox, settings: { messagesPerSecond: 100, reservedPercent: 50 }, count: 1000 }
  expect(sendingTime([kept])).toMatchObject({ perSecond: 50, seconds: 20 })
  expect(sendingTime([{ connection: 'free', type: sandbox, settings: {}, count: 1000 }])).toBeNull()
  // Three requests a slice of 1,000 messages, 100 requests in 5 s, a tenth kept.
  expect(sendingTime([{ connection: 'solapi', type: solapi, settings: {}, count: 5000 }])?.seconds).toBeCloseTo(0.83, 1)
})

test('night is 21 to 8 in Korea, also when sending only ends in it', () => {
  const at = (time: string) => new Date(`2026-11-26T${time}+09:00`)
  expect(touchesNight(at('20:59'), 30)).toBe(false)
  expect(touchesNight(at('20:59'), 120)).toBe(true)
  expect(touchesNight(at('21:00'), 0)).toBe(true)
  expect(touchesNight(at('07:59'), 0)).toBe(true)
  expect(touchesNight(at('08:00'), 3600)).toBe(false)
})
