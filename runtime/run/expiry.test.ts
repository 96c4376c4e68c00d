import { expect, test } from 'vitest'
import type { Plan, PlanNode } from '#runtime/compile/plan.ts'
import { isExpired } from './expiry.ts'
import type { Sender } from './sender.ts'

const MINUTE = 60_000
const now = Date.parse('2026-11-30T12:00:00Z')

/** A sender as far as its times go. */
function sender({ event, startedAt }: { event: boolean; startedAt: number }) {
  const node = (id: string, type: object): PlanNode => ({ id, type, config: {} }) as unknown as PlanNode
  const nodes = {
    start: node('start', event ? { event: () => ({ name: 'x', columns: [] }) } : {}),
    send: node('send', { channel: { expiresAfter: () => 3 } }),
  }
  const plan = { nodes, trigger: 'start', audience: { source: event ? 'start' : 'people' } } as unknown as Plan
  const stage = { channel: 'send' } as Sender['stage']
  return { plan, stage, startedAt, now: () => now }
}
const rows = (...times: (string | null)[]) => ({ kind: 0, rows: { names: ['received_at'], columns: [times] } })

test('an ordinary run counts from its start', () => {
  expect(isExpired(sender({ event: false, startedAt: now - 2 * MINUTE }), rows())).toBe(false)
  expect(isExpired(sender({ event: false, startedAt: now - 4 * MINUTE }), rows())).toBe(true)
})

test('a run that is open for weeks counts from when its rows came in', () => {
  const open = sender({ event: true, startedAt: now - 40_000 * MINUTE })
  expect(isExpired(open, rows('2026-11-30T11:58:00Z'))).toBe(false)
  expect(isExpired(open, rows('2026-11-30T11:56:00Z'))).toBe(true)
  expect(isExpired(open, rows('2026-11-30T11:50:00Z', '2026-11-30T11:59:00Z'))).toBe(false)
  expect(isExpired(open, { kind: 0, rows: { names: ['other'], columns: [['x']] } })).toBe(false)
})

test('what a person wished to be sent again is not too late', () => {
  expect(isExpired(sender({ event: false, startedAt: now - 4 * MINUTE }), { ...rows(), kind: 2 })).toBe(false)
})
