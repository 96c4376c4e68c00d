import { expect, test } from 'vitest'
import { costOf, dayShare, limitingRate, ratesOf, sliceOfKind } from './rates.ts'

const limits = { batch: 1000, timeoutMs: 20_000 }
const rates = (part: object, settings: Record<string, unknown> = {}) => ratesOf({ ...limits, ...part }, settings, { forms: true })

test('settings lower what the provider allows and never raise it', () => {
  const part = { calls: { count: 100, perMs: 5_000 }, messages: { count: 500, perMs: 1_000 }, perDay: 10_000, concurrency: 8 }
  expect(rates(part)).toMatchObject({ calls: part.calls, messages: part.messages, perDay: 10_000, concurrency: 4, reserved: 0.1 })
  const low = { callsPerWindow: 20, messagesPerSecond: 50, messagesPerDay: 600, concurrency: 2, reservedPercent: 25 }
  expect(rates(part, low)).toMatchObject({
    calls: { count: 20, perMs: 5_000 },
    messages: { count: 50, perMs: 1_000 },
    perDay: 600,
    concurrency: 2,
    reserved: 0.25,
  })
  const high = { callsPerWindow: 900, messagesPerSecond: 9_000, messagesPerDay: 90_000, concurrency: 64 }
  expect(rates(part, high)).toMatchObject({ calls: part.calls, messages: part.messages, perDay: 10_000, concurrency: 8 })
  // What is no number is as if it were not there.
  expect(rates({}, { callsPerWindow: 'many', messagesPerDay: -1 })).toMatchObject({ calls: null, messages: null, perDay: null })
})

test('a provider without such fields has no limit of calls in flight, unless it says so', () => {
  expect(ratesOf(limits, {}, { forms: false }).concurrency).toBeNull()
  expect(ratesOf({ ...limits, concurrency: 2 }, {}, { forms: false }).concurrency).toBe(2)
})

test('a slice is what the limit lets out to bulk in two seconds', () => {
  expect(rates({}).slice).toBe(1000)
  expect(rates({ batch: 200 }).slice).toBe(200)
  expect(rates({ messages: { count: 30, perMs: 1_000 } }).slice).toBe(54)
  expect(rates({ messages: { count: 3, perMs: 60_000 } }).slice).toBe(1)
  // Single sends take what the kept share holds.
  expect(sliceOfKind(rates({ messages: { count: 100, perMs: 1_000 } }), 'single')).toBe(5)
})

test.each([
  [{ calls: { count: 100, perMs: 5_000 } }, 1, 10],
  [{ calls: { count: 100, perMs: 5_000 }, requestsPerSlice: 3 }, 1_000, 10],
  [{ messages: { count: 50, perMs: 1_000 } }, 5, 10],
  [{ calls: { count: 20, perMs: 1_000 }, messages: { count: 50, perMs: 1_000 } }, 1, 30],
] as const)('in no window do bulk and single sends together exceed the limit: %j', (part, messages, reservedPercent) => {
  const all = rates(part, { reservedPercent })
  const limit = limitingRate(all, messages)
  const perMs = limit?.perMs ?? 1
  const ofCall = limit?.unit === 'calls' ? all.requests : messages
  const bulk = costOf(all, { messages, kind: 'bulk' })
  const single = costOf(all, { messages, kind: 'single' })
  // Bulk fills its line; single sends use up what was saved and then the kept line as it fills.
  const bulkCalls = perMs / bulk.lineMs
  const singleCalls = single.reserveMs === null ? 0 : (single.reserveBurstMs + perMs) / single.reserveMs
  expect(bulkCalls * ofCall).toBeCloseTo((limit?.count ?? 0) * (1 - all.reserved), 6)
  expect((bulkCalls + singleCalls) * ofCall).toBeLessThanOrEqual((limit?.count ?? 0) + 1e-6)
})

test('a share that is too small for a call is not kept apart: single sends stand in the line of all', () => {
  expect(costOf(rates({ calls: { count: 2, perMs: 1_000 } }), { messages: 1, kind: 'single' }).reserveMs).toBeNull()
  expect(costOf(rates({ calls: { count: 100, perMs: 5_000 } }), { messages: 1, kind: 'single' }).reserveMs).toBe(1_000)
})

test('bulk leaves a part of the day to single sends', () => {
  const all = rates({ perDay: 1_000 })
  expect(dayShare(all, 'bulk')).toBe(900)
  expect(dayShare(all, 'single')).toBe(1_000)
})
