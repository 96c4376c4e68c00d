import { expect, test } from 'vitest'
import { formatAgo, formatMoment } from './times.ts'

const words = {
  now: '방금',
  today: (time: string) => `오늘 ${time}`,
  yesterday: (time: string) => `어제 ${time}`,
  tomorrow: (time: string) => `내일 ${time}`,
}
// 23 November 2026, 00:10 in Seoul; still the 22nd in UTC.
const now = new Date('2026-11-22T15:10:00Z')
const say = (iso: string, zone = 'Asia/Seoul') => formatMoment(new Date(iso), { language: 'ko', zone, now, words })

test('days are calendar days of the zone', () => {
  expect(say('2026-11-22T15:09:30Z')).toBe('방금')
  expect(say('2026-11-22T15:05:00Z')).toBe('오늘 00:05')
  expect(say('2026-11-22T14:59:00Z')).toBe('어제 23:59')
  expect(say('2026-11-22T14:59:00Z', 'America/Los_Angeles')).toBe('오늘 06:59')
  expect(say('2026-11-23T15:00:00Z')).toBe('내일 00:00')
})

test('further away it is a date, with the year where it is another', () => {
  expect(say('2026-11-30T00:00:00Z')).toBe('11월 30일 (월) 09:00')
  expect(say('2025-12-31T15:00:00Z')).toBe('1월 1일 (목) 00:00')
  expect(say('2025-12-31T14:00:00Z')).toBe('2025년 12월 31일 23:00')
})

test('an age is said in the largest unit that is whole, in both languages, and never as something to come', () => {
  const ago = (seconds: number, language: 'ko' | 'en' = 'ko') =>
    formatAgo(new Date(now.getTime() - seconds * 1_000), language, now)
  expect([5, 180, 3_599, 3_600, 86_400].map((seconds) => ago(seconds))).toEqual([
    '5초 전',
    '3분 전',
    '59분 전',
    '1시간 전',
    '1일 전',
  ])
  expect(ago(180, 'en')).toBe('3 minutes ago')
  expect(ago(-30)).toBe('0초 전')
})
