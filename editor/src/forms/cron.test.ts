import { expect, test } from 'vitest'
import { cronOf, nextRuns, parseCron, planOf } from './cron.ts'

const iso = (list: number[]) => list.map((at) => new Date(at).toISOString())
const from = Date.parse('2026-11-26T01:00:00Z')

test('Monday nine in Seoul is Monday midnight in UTC', () => {
  expect(iso(nextRuns('0 9 * * 1', 'Asia/Seoul', { from, count: 2 }))).toEqual([
    '2026-11-30T00:00:00.000Z',
    '2026-12-07T00:00:00.000Z',
  ])
})

test('a time the clock skips does not fire, and after the change of the clock wall time stays', () => {
  const spring = Date.parse('2026-03-07T12:00:00Z')
  expect(iso(nextRuns('30 2 * * *', 'America/New_York', { from: spring, count: 2 }))).toEqual([
    '2026-03-09T06:30:00.000Z',
    '2026-03-10T06:30:00.000Z',
  ])
  expect(iso(nextRuns('0 9 * * *', 'America/New_York', { from: spring, count: 2 }))).toEqual([
    '2026-03-07T14:00:00.000Z',
    '2026-03-08T13:00:00.000Z',
  ])
})

test('months without a 31st are skipped; the 29th of February is found', () => {
  expect(iso(nextRuns('0 0 31 * *', 'UTC', { from, count: 3 }))).toEqual([
    '2026-12-31T00:00:00.000Z',
    '2027-01-31T00:00:00.000Z',
    '2027-03-31T00:00:00.000Z',
  ])
  expect(iso(nextRuns('0 0 29 2 *', 'UTC', { from, count: 1 }))).toEqual(['2028-02-29T00:00:00.000Z'])
})

test('steps, lists, ranges, Sunday as 0 and 7; nonsense is null', () => {
  expect([...(parseCron('*/20 9-11 1,15 * 7')?.minutes ?? [])]).toEqual([0, 20, 40])
  expect([...(parseCron('0 9 * * 7')?.weekdays ?? [])]).toEqual([0])
  for (const bad of [
    '',
    '* * * *',
    '60 * * * *',
    '0 24 * * *',
    'a b c d e',
    '0 9 * * 8',
    '0 9 32 * *',
    '5-1 * * * *',
    '*/0 * * * *',
  ]) {
    expect(parseCron(bad), bad).toBeNull()
    expect(nextRuns(bad, 'UTC', { from, count: 1 })).toEqual([])
  }
})

test.each(['5 * * * *', '30 9 * * *', '0 9 * * 1', '0 9 * * 1,3,5', '0 9 15 * *'])(
  '%s has a friendly form that gives it back',
  (cron) => {
    const plan = planOf(cron)
    expect(plan.kind).not.toBe('custom')
    if (plan.kind !== 'custom') expect(cronOf(plan)).toBe(cron)
  },
)

test('what has no friendly form is left as it is', () => {
  expect(planOf('*/5 * * * *').kind).toBe('custom')
  expect(planOf('0 9 1 * 1').kind).toBe('custom')
  expect(planOf('0 9 * 6 *').kind).toBe('custom')
})
