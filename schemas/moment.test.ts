import { expect, test } from 'vitest'
import { bindMoment, momentOf } from './moment.ts'
import type { RelativeMoment } from './parameter.ts'

const at = (now: string, timezone: string) => ({ now: Date.parse(now), timezone })
const found = (relative: RelativeMoment, now: string, timezone = 'Asia/Seoul') =>
  new Date(momentOf(relative, at(now, timezone)).instant).toISOString()

test('days, weeks, months and years begin on the wall of the workflow’s zone', () => {
  // 27 November 00:30 in Seoul, still the 26th in UTC. A Friday.
  const now = '2026-11-26T15:30:00.250Z'
  expect(found({ from: 'day' }, now)).toBe('2026-11-26T15:00:00.000Z')
  expect(found({ from: 'day', plus: -7, unit: 'day' }, now)).toBe('2026-11-19T15:00:00.000Z')
  expect(found({ from: 'week' }, now)).toBe('2026-11-22T15:00:00.000Z')
  expect(found({ from: 'month', plus: 1, unit: 'month' }, now)).toBe('2026-11-30T15:00:00.000Z')
  expect(found({ from: 'year' }, now)).toBe('2025-12-31T15:00:00.000Z')
  expect(found({ from: 'now' }, now)).toBe('2026-11-26T15:30:00.250Z')
  expect(found({ from: 'now', plus: -3, unit: 'hour' }, now)).toBe('2026-11-26T12:30:00.250Z')
  expect(found({ from: 'day', plus: 9, unit: 'hour' }, now)).toBe('2026-11-27T00:00:00.000Z')
  expect(found({ from: 'day', plus: -7, unit: 'day' }, now, 'UTC')).toBe('2026-11-19T00:00:00.000Z')
})

test('the same day of a shorter month is its last one', () => {
  expect(found({ from: 'day', plus: -1, unit: 'month' }, '2026-03-31T12:00:00Z', 'UTC')).toBe('2026-02-28T00:00:00.000Z')
  expect(found({ from: 'day', plus: 1, unit: 'year' }, '2028-02-29T12:00:00Z', 'UTC')).toBe('2029-02-28T00:00:00.000Z')
})

test('over a change of clocks a day is a day of the calendar, an hour an hour', () => {
  // New York, 1 November 2026: 02:00 becomes 01:00. The day has 25 hours.
  const now = '2026-11-02T05:00:00Z' // midnight
  expect(found({ from: 'day', plus: -1, unit: 'day' }, now, 'America/New_York')).toBe('2026-11-01T04:00:00.000Z')
  expect(found({ from: 'now', plus: -24, unit: 'hour' }, now, 'America/New_York')).toBe('2026-11-01T05:00:00.000Z')
  // 8 March 2026: 02:00 becomes 03:00. What is asked for there begins where the clocks are again.
  expect(found({ from: 'day', plus: 2, unit: 'hour' }, '2026-03-08T12:00:00Z', 'America/New_York')).toBe(
    '2026-03-08T07:00:00.000Z',
  )
})

test('a moment is bound as its column holds it', () => {
  const place = at('2026-11-26T15:30:00Z', 'Asia/Seoul')
  const zones = { wall: 'America/New_York', session: null }
  const day: RelativeMoment = { from: 'day' }
  expect(bindMoment(day, 'date', { place, zones })).toBe('2026-11-27')
  expect(bindMoment(day, 'datetime', { place, zones })).toBe('2026-11-26 10:00:00')
  expect(bindMoment(day, 'instant', { place, zones })).toBe('2026-11-26T15:00:00.000Z')
  expect(bindMoment(day, 'instant', { place, zones: { ...zones, session: '+09:00' } })).toBe('2026-11-27 00:00:00')
  expect(bindMoment(day, 'month-day', { place, zones })).toBe(1127)
})

test('who was born on 29 February has a birthday every year', () => {
  const zones = { wall: 'UTC', session: null }
  const on = (now: string) => bindMoment({ from: 'day' }, 'leap-day', { place: at(now, 'UTC'), zones })
  expect(on('2027-02-28T12:00:00Z')).toBe(229)
  expect(on('2028-02-28T12:00:00Z')).toBe(228)
  expect(on('2028-02-29T12:00:00Z')).toBe(229)
  expect(on('2027-03-01T12:00:00Z')).toBe(301)
})
