import { expect, test } from 'vitest'
import { faultOf, presetOf, presetRange, rangeOf, todayIn } from './range.ts'

const today = '2026-11-26'

test('the address says which days; without a whole range in it the last 30', () => {
  expect(rangeOf({}, today)).toEqual({ from: '2026-10-28', to: today })
  expect(rangeOf({ from: '2026-11-01', to: '2026-11-02' }, today)).toEqual({ from: '2026-11-01', to: '2026-11-02' })
  expect(rangeOf({ from: '2026-11-01' }, today)).toEqual({ from: '2026-10-28', to: today })
  expect(rangeOf({ from: '2026-02-30', to: today }, today)).toEqual({ from: '2026-10-28', to: today })
})

test('a range that ends today is known by its name', () => {
  expect(presetOf(presetRange('week', today), today)).toBe('week')
  expect(presetOf({ from: '2026-11-20', to: '2026-11-25' }, today)).toBeNull()
})

test('what the server would refuse is said before it is asked', () => {
  expect(faultOf({ from: '2026-11-27', to: '2026-11-26' })).toBe('order')
  expect(faultOf({ from: '2025-10-23', to: '2026-11-26' })).toBeNull()
  expect(faultOf({ from: '2025-10-22', to: '2026-11-26' })).toBe('long')
})

test('a day begins in Seoul before it does in London', () => {
  const now = new Date('2026-11-25T16:00:00Z')
  expect([todayIn('Asia/Seoul', now), todayIn('Europe/London', now)]).toEqual(['2026-11-26', '2026-11-25'])
})
