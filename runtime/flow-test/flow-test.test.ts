import { expect, test } from 'vitest'
import { columnsOfRows, valuesOf } from './column-type.ts'
import { virtualClock } from './virtual-clock.ts'

test('a week of waiting takes no time', async () => {
  const clock = virtualClock(new Date('2026-11-23T00:00:00Z'))
  const began = performance.now()
  await clock.sleep(7 * 24 * 3_600_000)
  expect(clock.now().toISOString()).toBe('2026-11-30T00:00:00.000Z')
  expect(performance.now() - began).toBeLessThan(1000)
  await expect(clock.sleep(1000, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped')
  expect(clock.now().toISOString()).toBe('2026-11-30T00:00:00.000Z')
})

test('columns are what the given values say', () => {
  const rows = [
    { id: 1, rate: 4.5, name: '김서연', day: '2026-11-23', at: '2026-11-23T00:00:00Z', ok: true, none: null },
    { id: 2, rate: 5, name: null, day: '2026-11-24', at: null, ok: false, none: null, late: '09:00:00' },
  ]
  const columns = columnsOfRows(rows)
  expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'id integer',
    'rate decimal',
    'name text',
    'day date',
    'at instant',
    'ok boolean',
    'none text',
    'late time',
  ])
  expect(valuesOf(rows[0] ?? {}, columns)).toEqual([1, 4.5, '김서연', '2026-11-23', '2026-11-23T00:00:00Z', true, null, null])
})
