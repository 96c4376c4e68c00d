import { expect, test } from 'vitest'
import { formatDuration, formatMoney, formatNumber, formatShare } from './numbers.ts'

test('numbers are grouped', () => {
  expect(formatNumber(4946, 'ko')).toBe('4,946')
})

test('money keeps every digit and has the decimals of its currency', () => {
  expect(formatMoney({ amount: '72276', currency: 'KRW' }, 'ko')).toBe('₩72,276')
  expect(formatMoney({ amount: '90071992547409931', currency: 'KRW' }, 'en')).toBe('₩90,071,992,547,409,931')
  expect(formatMoney({ amount: '8.5', currency: 'KRW' }, 'ko')).toBe('₩8.5')
  expect(formatMoney({ amount: '12.5', currency: 'USD' }, 'en')).toBe('$12.50')
  expect(formatMoney({ amount: '0.0079', currency: 'USD' }, 'en')).toBe('$0.0079')
  expect(formatMoney({ amount: '30', currency: 'points' }, 'ko')).toBe('30 points')
})

test('a share is never rounded to all or nothing', () => {
  expect(formatShare(4926, 4946, 'ko')).toBe('99.6%')
  expect(formatShare(99_999, 100_000, 'ko')).toBe('99.9%')
  expect(formatShare(1, 100_000, 'ko')).toBe('0.1%')
  expect(formatShare(5, 5, 'ko')).toBe('100%')
  expect(formatShare(0, 5, 'ko')).toBe('0%')
  expect(formatShare(0, 0, 'ko')).toBe('–')
})

test('durations carry over into the next unit', () => {
  expect(
    [41, 999.6, 3_200, 9_949, 9_999, 59_600, 125_000, 3_600_000, 4_200_000, 539_040_000, 172_800_000].map((ms) =>
      formatDuration(ms, 'ko'),
    ),
  ).toEqual(['41ms', '1초', '3.2초', '9.9초', '10초', '1분', '2분 5초', '1시간', '1시간 10분', '6일 5시간', '2일'])
  expect(formatDuration(125_000, 'en')).toBe('2 min 5 s')
})
