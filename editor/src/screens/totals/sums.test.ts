import { expect, test } from 'vitest'
import type { DayTotal } from '#schemas/api/totals.ts'
import { daysBefore, daysOf, isDay, lineOf, linesBy } from './sums.ts'

const item = (part: Partial<DayTotal>): DayTotal => ({
  day: '2026-11-23',
  workflowId: 'w',
  workflowName: 'Report',
  nodeId: 'send',
  nodeLabel: null,
  channel: 'alimtalk',
  connectionId: 'c',
  connectionName: 'SOLAPI',
  sent: 0,
  delivered: 0,
  converted: 0,
  failed: 0,
  unconfirmed: 0,
  skipped: 0,
  retried: 0,
  cost: null,
  ...part,
})

test('a line is the sum of its items; who was left out, or tried again, is no message more', () => {
  const items = [
    item({ delivered: 5, failed: 1, skipped: 4, retried: 7, cost: { amount: '65', currency: 'KRW' } }),
    item({ channel: 'sms', sent: 2, unconfirmed: 1 }),
    item({ channel: 'sms', sent: 1, cost: { amount: '20', currency: 'KRW' } }),
  ]
  expect(lineOf('all', items)).toEqual({
    key: 'all',
    counts: { delivered: 5, converted: 0, sent: 3, unconfirmed: 1, failed: 1 },
    messages: 10,
    skipped: 4,
    cost: 85,
  })
  const lines = linesBy(items, ({ channel }) => channel ?? '')
  expect(lines.map(({ key, messages, cost }) => [key, messages, cost])).toEqual([
    ['alimtalk', 6, 65],
    ['sms', 4, 20],
  ])
  // Neither what has no price nor what is free is worth a figure.
  expect(lineOf('x', [item({ sent: 3 }), item({ sent: 1, cost: { amount: '0', currency: 'KRW' } })]).cost).toBeNull()
})

test('days without anything stand there too, newest first, over the end of a month', () => {
  expect(daysOf({ from: '2026-02-27', to: '2026-03-02' })).toEqual(['2026-03-02', '2026-03-01', '2026-02-28', '2026-02-27'])
  expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28')
})

test('only a real day is a day', () => {
  expect(['2026-02-28', '2026-02-30', '26-1-1', 'yesterday', undefined].map(isDay)).toEqual([true, false, false, false, false])
})
