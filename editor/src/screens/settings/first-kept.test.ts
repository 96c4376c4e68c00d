import { expect, test } from 'vitest'
import { deletedOn, firstKept } from './first-kept.ts'

test('the months that stay are counted back from this one, over the turn of the year', () => {
  const first = (now: string, months: number) => firstKept(new Date(now), months).toISOString().slice(0, 10)
  expect(first('2026-11-26T20:00:00Z', 13)).toBe('2025-10-01')
  expect(first('2026-11-26T20:00:00Z', 1)).toBe('2026-10-01')
  expect(first('2026-01-31T00:00:00Z', 1)).toBe('2025-12-01')
  expect(first('2026-01-31T00:00:00Z', 120)).toBe('2016-01-01')
})

test('a run keeps its people through so many whole months after the month of its start', () => {
  const day = (now: string, months: number) => deletedOn(new Date(now), months).toISOString().slice(0, 10)
  expect(day('2026-11-26T20:00:00Z', 13)).toBe('2028-01-01')
  expect(day('2026-11-01T00:00:00Z', 1)).toBe('2027-01-01')
  expect(day('2026-12-31T23:59:59Z', 1)).toBe('2027-02-01')
})
