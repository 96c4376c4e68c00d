import { expect, test } from 'vitest'
import { dayOf, isTimeZone, wallOf, wallTimeOf } from './time-zone.ts'

test('names of zones, and what is none', () => {
  for (const zone of ['Asia/Seoul', 'UTC', 'America/New_York', '+09:00']) expect(isTimeZone(zone), zone).toBe(true)
  for (const zone of ['', 'Seoul', 'Asia/Seoull', 'KST+9']) expect(isTimeZone(zone), zone).toBe(false)
})

test('the clock on the wall, over midnight, in half hours and when clocks change', () => {
  const at = (instant: string, zone: string) => new Date(wallOf(Date.parse(instant), zone)).toISOString()
  expect(at('2026-11-25T15:00:00Z', 'Asia/Seoul')).toBe('2026-11-26T00:00:00.000Z')
  expect(at('2026-11-25T20:00:00Z', 'Asia/Kolkata')).toBe('2026-11-26T01:30:00.000Z')
  expect(at('2026-03-08T06:59:59Z', 'America/New_York')).toBe('2026-03-08T01:59:59.000Z')
  expect(at('2026-03-08T07:00:00Z', 'America/New_York')).toBe('2026-03-08T03:00:00.000Z')
  expect(wallTimeOf(Date.parse('2026-11-25T15:00:07.999Z'), 'Asia/Seoul')).toEqual({
    year: 2026,
    month: 11,
    day: 26,
    hour: 0,
    minute: 0,
    second: 7,
  })
  expect(() => wallOf(0, 'Mars/Base')).toThrow(RangeError)
})

test('the day in the zone', () => {
  expect(dayOf(Date.parse('2026-01-31T14:59:59Z'), 'Asia/Seoul')).toBe('2026-01-31')
  expect(dayOf(Date.parse('2026-01-31T15:00:00Z'), 'Asia/Seoul')).toBe('2026-02-01')
})
