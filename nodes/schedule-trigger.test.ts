import { expect, test } from 'vitest'
import scheduleTrigger from './schedule-trigger.ts'

const known = { described: null, describeFailed: false, timezone: 'Asia/Seoul', connection: () => null, list: () => null }
const codes = (cron: string, timezone?: string) =>
  scheduleTrigger.columns({ cron, ...(timezone && { timezone }) }, {}, known).problems?.map(({ code }) => code)
const words = (cron: string) => scheduleTrigger.summary?.({ cron }, known)?.ko

test('what is no schedule, and days that some months do not have', () => {
  expect(codes('0 9 * * 1', 'Asia/Seoul')).toEqual([])
  expect(codes('0 9 30 * *')).toEqual(['day-skipped'])
  expect(codes('0 9 28,30 * *')).toEqual([])
  expect(codes('0 9 L * *')).toEqual([])
  for (const cron of ['', 'monday', '0 25 * * *', '0 9 * *', '* * * * * *'])
    expect(codes(cron), cron).toEqual(['invalid-schedule'])
  expect(codes('0 9 * * 1', 'Asia/Soul')).toEqual(['invalid-timezone'])
})

test('schedules in words', () => {
  expect(words('0 9 * * 1')).toBe('매주 월요일 09:00')
  expect(words('30 8 * * 1-5')).toBe('평일마다 08:30')
  expect(words('0 10 * * *')).toBe('매일 10:00')
  expect(words('0 10 1 * *')).toBe('매월 1일 10:00')
  expect(words('0 18 L * *')).toBe('매월 마지막 날 18:00')
  expect(words('*/5 * * * *')).toBe('*/5 * * * *')
})

test('what is not said of missed and overlapping times is asked about, and waits', () => {
  expect(scheduleTrigger.schedule?.({ cron: ' 0 9 * * 1 ' })).toEqual({
    cron: '0 9 * * 1',
    timezone: null,
    missed: { policy: 'ask' },
    overlap: 'wait',
  })
  const wished = { missed: { policy: 'within', hours: 3 }, overlap: 'skip' } as const
  expect(scheduleTrigger.schedule?.({ cron: '0 9 * * 1', ...wished })).toMatchObject(wished)
})
