import { expect, test } from 'vitest'
import type { Plan, PlanNode } from '#runtime/compile/plan.ts'
import { cameAt, isExpired, timeLeft, waitWithin } from './expiry.ts'
import type { Sender } from './sender.ts'

const MINUTE = 60_000
const now = Date.parse('2026-11-30T12:00:00Z')

/** A sender as far as its times go. */
function sender({ event, timedFrom }: { event: boolean; timedFrom: number }) {
  const node = (id: string, type: object): PlanNode => ({ id, type, config: {} }) as unknown as PlanNode
  const nodes = {
    start: node('start', event ? { event: () => ({ name: 'x', columns: [] }) } : {}),
    send: node('send', { channel: { expiresAfter: () => 3 } }),
  }
  const plan = { nodes, trigger: 'start', audience: { sources: [event ? 'start' : 'people'] } } as unknown as Plan
  const stage = { channel: 'send', waited: 'none' } as Sender['stage']
  return { plan, stage, timedFrom, now: () => now }
}
const rows = (...times: (string | null)[]) => ({ kind: 0, rows: { names: ['received_at'], columns: [times] } })

test('an ordinary run counts from its start', () => {
  expect(isExpired(sender({ event: false, timedFrom: now - 2 * MINUTE }), rows())).toBe(false)
  expect(isExpired(sender({ event: false, timedFrom: now - 4 * MINUTE }), rows())).toBe(true)
})

test('a run that is open for weeks counts from when its rows came in', () => {
  const open = sender({ event: true, timedFrom: now - 40_000 * MINUTE })
  expect(isExpired(open, rows('2026-11-30T11:58:00Z'))).toBe(false)
  expect(isExpired(open, rows('2026-11-30T11:56:00Z'))).toBe(true)
  expect(isExpired(open, rows('2026-11-30T11:50:00Z', '2026-11-30T11:59:00Z'))).toBe(false)
  expect(isExpired(open, { kind: 0, rows: { names: ['other'], columns: [['x']] } })).toBe(false)
})

test('a person who lets a run of events go on late wants all of it sent', () => {
  const open = { ...sender({ event: true, timedFrom: now - MINUTE }) }
  expect(isExpired(open, rows('2026-11-30T11:00:00Z'))).toBe(false)
  expect(isExpired({ ...open, timedFrom: now - 4 * MINUTE }, rows('2026-11-30T11:00:00Z'))).toBe(true)
})

test('nothing waits for a limit beyond its time, but what is wanted all the same', () => {
  const early = sender({ event: false, timedFrom: now - 2 * MINUTE })
  expect(timeLeft(early)).toBe(MINUTE)
  expect([waitWithin(early, 10_000), waitWithin(early, 10 * MINUTE)]).toEqual([10_000, MINUTE + 1])
  const late = sender({ event: false, timedFrom: now - 4 * MINUTE })
  expect(timeLeft(late)).toBe(-MINUTE)
  expect(waitWithin(late, 10 * MINUTE)).toBe(10 * MINUTE)
  // Each of an event's messages has a time of its own.
  expect(timeLeft(sender({ event: true, timedFrom: now - 40_000 * MINUTE }))).toBe(Number.POSITIVE_INFINITY)
})

test('what a person wished to be sent again is not too late', () => {
  expect(isExpired(sender({ event: false, timedFrom: now - 4 * MINUTE }), { ...rows(), kind: 2 })).toBe(false)
})

test.each<[string | null, number | null]>([
  ['2026-11-30T11:58:00Z', Date.parse('2026-11-30T11:58:00Z')],
  ['-100000', null],
  ['-271820-01-01T00:00:00Z', null],
  ['soon', null],
  [null, null],
])('rows that say %j of when they came in keep the time %j, one that PostgreSQL can keep', (said, at) => {
  expect(cameAt(rows(said).rows)).toBe(at)
})

test('who waited at a step counts from when the wait was over, whenever the run began', () => {
  const stage = { channel: 'send', waited: 'all' } as Sender['stage']
  const waited = { ...sender({ event: false, timedFrom: now - 10_000 * MINUTE }), stage }
  const until = (...times: string[]) => ({ kind: 0, rows: { names: ['?waited_until'], columns: [times] } })
  expect(isExpired(waited, until('2026-11-30T11:58:00Z'))).toBe(false)
  expect(isExpired(waited, until('2026-11-30T11:56:00Z'))).toBe(true)
  expect(cameAt(until('2026-11-30T11:56:00Z').rows)).toBe(now - 4 * MINUTE)
  expect([timeLeft(waited), waitWithin(waited, 5000)]).toEqual([Number.POSITIVE_INFINITY, 5000])
  // A quota that is used up until tomorrow keeps nobody until tomorrow whose time is over in three minutes.
  expect(waitWithin(waited, 600 * MINUTE)).toBe(3 * MINUTE + 1)
  expect(isExpired({ ...waited, timedFrom: now - MINUTE }, until('2026-11-30T11:56:00Z'))).toBe(false)
})

test('where those who waited meet those who came straight, the latter count from the start of the run', () => {
  const stage = { channel: 'send', waited: 'some' } as Sender['stage']
  const met = { ...sender({ event: false, timedFrom: now - 4 * MINUTE }), stage }
  const waited = { kind: 0, rows: { names: ['name', '?waited_until'], columns: [['a'], ['2026-11-30T11:58:00Z']] } }
  const straight = { kind: 0, rows: { names: ['?waited_until', 'received_at'], columns: [[null], ['2999-01-01']] } }
  expect([isExpired(met, waited), isExpired(met, straight)]).toEqual([false, true])
  expect(isExpired({ ...met, timedFrom: now - 2 * MINUTE }, straight)).toBe(false)
  // Of events each counts from when it came in.
  const events = { ...sender({ event: true, timedFrom: now - 40_000 * MINUTE }), stage }
  const came = (at: string) => ({ kind: 0, rows: { names: ['?waited_until', 'received_at'], columns: [[null], [at]] } })
  expect([isExpired(events, came('2026-11-30T11:56:00Z')), isExpired(events, came('2026-11-30T11:58:00Z'))]).toEqual([
    true,
    false,
  ])
})
