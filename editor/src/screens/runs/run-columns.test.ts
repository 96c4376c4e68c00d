import { expect, test } from 'vitest'
import { isOver, tookMs } from './run-columns.tsx'

const startedAt = '2026-11-23T00:00:00Z'
const now = new Date('2026-11-23T00:01:00Z')
const ends = { sendingEndedAt: null, closedAt: null }

test('what goes on is measured up to now, what ended up to the last send', () => {
  expect(tookMs({ state: 'sending', startedAt, ...ends }, now)).toBe(60_000)
  expect(tookMs({ state: 'settling', startedAt, ...ends, sendingEndedAt: '2026-11-23T00:00:04Z' }, now)).toBe(4_000)
  expect(tookMs({ state: 'completed', startedAt, sendingEndedAt: null, closedAt: '2026-11-23T00:00:09Z' }, now)).toBe(9_000)
  // Opened again an hour after its end: the hour does not count.
  const again = { sendingEndedAt: '2026-11-23T01:00:12Z', closedAt: null, restedMs: 3_600_000 }
  expect(tookMs({ state: 'completed', startedAt, ...again }, now)).toBe(12_000)
})

test('a run that ended without a time says nothing, and a clock that runs behind gives no negative time', () => {
  expect(tookMs({ state: 'failed', startedAt, ...ends }, now)).toBeNull()
  expect(tookMs({ state: 'preparing', startedAt, ...ends }, new Date('2026-11-22T23:59:59Z'))).toBe(0)
})

test('paused runs and those that wait for results are not over', () => {
  expect((['paused', 'settling', 'completed', 'failed', 'cancelled'] as const).map((state) => isOver({ state }))).toEqual([
    false,
    false,
    true,
    true,
    true,
  ])
})
