import { expect, test } from 'vitest'
import { AppError } from '#runtime/sdk/index.ts'
import { cursorNumbers, cursorParts } from './paging.ts'

const ID = '01900000-0000-7000-8000-000000000001'

test('a cursor that a list handed out is read', () => {
  expect(cursorParts(`2028-02-29T23:59:59.123456Z ${ID}`, 2)).toEqual(['2028-02-29T23:59:59.123456Z', ID])
  expect(cursorNumbers('3.2147483647', 2)).toEqual([3, 2_147_483_647])
})

test.each(['2026-02-30T00:00:00Z', '2026-04-31T00:00:00Z', '2026-02-29T00:00:00Z', '0000-01-01T00:00:00Z', '2026-01-01T::Z'])(
  'a time that the database would refuse is refused before it: %s',
  (at) => {
    expect(() => cursorParts(`${at} ${ID}`, 2)).toThrow(AppError)
  },
)

test('a number that is too large for the database is refused before it', () => {
  expect(() => cursorNumbers('2147483648', 1)).toThrow(AppError)
  expect(() => cursorNumbers('3.9007199254740991', 2)).toThrow(AppError)
})
