import { expect, test } from 'vitest'
import { firesByDay, nextFire, nextFires } from './calendar.ts'
import { checkRecurrence } from './recurrence.ts'

const fires = (cron: string, timezone: string, after: string, count = 3): string[] =>
  nextFires({ cron, timezone }, new Date(after), count).map((at) => at.toISOString().slice(0, 16))

test('Mondays at nine in Seoul, whatever zone this process has', () => {
  expect(fires('0 9 * * 1', 'Asia/Seoul', '2026-11-26T02:00:00Z')).toEqual([
    '2026-11-30T00:00',
    '2026-12-07T00:00',
    '2026-12-14T00:00',
  ])
})

test('after is strict, and the same minute of today still counts', () => {
  expect(fires('0 9 * * *', 'Asia/Seoul', '2026-11-26T00:00:00Z', 1)).toEqual(['2026-11-27T00:00'])
  expect(fires('0 9 * * *', 'Asia/Seoul', '2026-11-25T23:59:59.999Z', 1)).toEqual(['2026-11-26T00:00'])
})

test('New York in March: a time that does not exist runs at the next valid minute, once', () => {
  expect(fires('30 2 * * *', 'America/New_York', '2026-03-07T00:00:00Z')).toEqual([
    '2026-03-07T07:30',
    '2026-03-08T07:00',
    '2026-03-09T06:30',
  ])
  expect(fires('*/30 2-3 * * *', 'America/New_York', '2026-03-08T05:00:00Z', 3)).toEqual([
    '2026-03-08T07:00',
    '2026-03-08T07:30',
    '2026-03-09T06:00',
  ])
  expect(fires('0 9 * * *', 'America/New_York', '2026-03-07T12:00:00Z', 2)).toEqual(['2026-03-07T14:00', '2026-03-08T13:00'])
})

test('New York in November: a time that comes twice runs once, the first time', () => {
  expect(fires('30 1 * * *', 'America/New_York', '2026-11-01T00:00:00Z', 2)).toEqual(['2026-11-01T05:30', '2026-11-02T06:30'])
  // Asked in the repeated hour, after the first one ran.
  expect(fires('30 1 * * *', 'America/New_York', '2026-11-01T06:10:00Z', 1)).toEqual(['2026-11-02T06:30'])
})

test('Seoul has no clock changes in March and November', () => {
  expect(fires('30 2 * * 0', 'Asia/Seoul', '2026-03-07T00:00:00Z', 1)).toEqual(['2026-03-07T17:30'])
  expect(fires('30 1 * * 0', 'Asia/Seoul', '2026-10-31T00:00:00Z', 1)).toEqual(['2026-10-31T16:30'])
})

test('a zone half an hour off that changes by half an hour', () => {
  expect(fires('15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00:00Z', 2)).toEqual(['2026-10-03T15:30', '2026-10-04T15:15'])
})

test('the last day of each month, however long the month is', () => {
  expect(fires('0 18 L * *', 'Asia/Seoul', '2027-12-01T00:00:00Z', 4)).toEqual([
    '2027-12-31T09:00',
    '2028-01-31T09:00',
    '2028-02-29T09:00',
    '2028-03-31T09:00',
  ])
  // One on which the clocks go back: half past two comes twice and counts once.
  expect(fires('30 2 L 10 *', 'Europe/Berlin', '2027-10-01T00:00:00Z', 1)).toEqual(['2027-10-31T00:30'])
})

test('rare days come', () => {
  expect(fires('0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', 1)).toEqual(['2028-02-29T00:00'])
  expect(nextFire({ cron: '0 0 31 12 5', timezone: 'UTC' }, new Date('2026-01-01T00:00:00Z'))?.getUTCDay()).toBeDefined()
})

test('every minute is every minute, also over a day’s end', () => {
  expect(fires('* * * * *', 'Asia/Seoul', '2026-11-26T14:58:30Z')).toEqual([
    '2026-11-26T14:59',
    '2026-11-26T15:00',
    '2026-11-26T15:01',
  ])
})

test.each([
  ['* * * * * *', 'UTC', /5/],
  ['61 * * * *', 'UTC', /cron/],
  ['0 9 * *', 'UTC', /5/],
  ['0 0 30 2 *', 'UTC', /cron/],
  ['0 9 * * *', 'Mars/Olympus', /timezone/],
])('%s in %s is refused', (cron, timezone, words) => {
  expect(() => checkRecurrence({ cron, timezone })).toThrow(words)
})

test('by day, with the first ones of each and how many there are: today from now on, over both changes of clocks, a last day of the month', () => {
  const by = (cron: string, timezone: string, [after, until]: [string, string]) =>
    firesByDay({ cron, timezone }, { after: new Date(after), until: new Date(until), most: 2 }).map(({ first, count }) => [
      ...first.map((at) => at.toISOString().slice(5, 16)),
      count,
    ])
  expect(by('* * * * *', 'Asia/Seoul', ['2026-11-26T14:57:30Z', '2026-11-27T15:00:00Z'])).toEqual([
    ['11-26T14:58', '11-26T14:59', 2],
    ['11-26T15:00', '11-26T15:01', 1440],
  ])
  expect(by('0 9 * * 1', 'Asia/Seoul', ['2026-11-26T00:00:00Z', '2026-12-08T00:00:00Z'])).toEqual([
    ['11-30T00:00', 1],
    ['12-07T00:00', 1],
  ])
  // Spring: half past two does not exist; autumn: it comes twice and counts once.
  expect(by('30 2 * * *', 'Europe/Berlin', ['2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z'])).toEqual([
    ['03-29T01:00', 1],
    ['03-30T00:30', 1],
  ])
  expect(by('30 2 * * *', 'Europe/Berlin', ['2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z'])).toEqual([
    ['10-25T00:30', 1],
    ['10-26T01:30', 1],
  ])
})
