import { expect, test } from 'vitest'
import { firstShown, mondayOf, turned, weeksFrom } from './weeks.ts'

test('weeks begin on Monday, over the turn of a year and a leap day', () => {
  expect([mondayOf('2026-11-26'), mondayOf('2026-11-23'), mondayOf('2026-11-29'), mondayOf('2027-01-01')]).toEqual([
    '2026-11-23',
    '2026-11-23',
    '2026-11-23',
    '2026-12-28',
  ])
  const weeks = weeksFrom('2028-02-21')
  expect(weeks.map(([monday]) => monday)).toEqual(['2028-02-21', '2028-02-28', '2028-03-06', '2028-03-13', '2028-03-20'])
  expect(weeks[1]).toEqual(['2028-02-28', '2028-02-29', '2028-03-01', '2028-03-02', '2028-03-03', '2028-03-04', '2028-03-05'])
})

test('today is in the third week; the address may name another one, and nonsense names none', () => {
  expect(firstShown(undefined, '2026-11-26')).toBe('2026-11-09')
  expect(firstShown('2026-12-31', '2026-11-26')).toBe('2026-12-28')
  expect([firstShown('2026-99-99', '2026-11-26'), firstShown('x', '2026-11-26')]).toEqual(['2026-11-09', '2026-11-09'])
  expect([turned('2026-11-09', 1), turned('2026-11-09', -1)]).toEqual(['2026-12-14', '2026-10-05'])
})
