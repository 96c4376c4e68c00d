import { expect, test } from 'vitest'
import { approvalFigures, approvedCount, isApproval } from './approval-figures.ts'

test('a jump is shown against last time', () => {
  expect(approvalFigures({ code: 'guard-jump', fields: { count: 9_000, last: 2_000, factor: 3 } })).toEqual([
    { label: 'count', value: 9_000, unit: 'people' },
    { label: 'last', value: 2_000, unit: 'people' },
    { label: 'against', value: 4.5, unit: 'times' },
  ])
})

test('costs are money, grouped digits are read, what is not there is left out', () => {
  expect(approvalFigures({ code: 'guard-cost', fields: { count: '222,570', limit: 100_000 } })).toEqual([
    { label: 'cost', value: 222_570, unit: 'won' },
    { label: 'limit', value: 100_000, unit: 'won' },
  ])
  expect(approvalFigures({ code: 'guard-recipients', fields: { count: 12, limit: 10 } })).toHaveLength(2)
  expect(approvalFigures({ code: 'guard-empty', fields: {} })).toEqual([])
})

test('after the first part it is the rest that is approved', () => {
  expect(approvedCount({ code: 'first-part-sent', fields: { count: 50, left: 4_950 } }, 5_000)).toBe(4_950)
  expect(approvedCount({ code: 'guard-jump', fields: {} }, 5_000)).toBe(5_000)
  expect(approvedCount({ code: 'guard-empty', fields: {} }, 0)).toBe(null)
})

test('waiting for time needs nobody', () => {
  expect(isApproval({ code: 'guard-missing' })).toBe(true)
  expect(isApproval({ code: 'breaker-open' })).toBe(false)
  expect(isApproval(null)).toBe(false)
})
