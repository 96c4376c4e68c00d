import { expect, test } from 'vitest'
import { untilText } from './until.ts'

const now = new Date('2026-11-22T15:10:00Z') // 00:10 of the 23rd in Seoul
const say = (iso: string, language: 'ko' | 'en' = 'ko') => untilText(new Date(iso), { now, language, zone: 'Asia/Seoul' })

test('days are calendar days, hours stand within a day', () => {
  expect(say('2026-11-22T15:40:00Z')).toBe('30분 후')
  expect(say('2026-11-23T00:00:00Z', 'en')).toBe('in 9 hours')
  expect(say('2026-11-23T16:00:00Z')).toBe('내일')
  expect(say('2026-11-30T00:00:00Z')).toBe('7일 후')
})
