import { expect, test } from 'vitest'
import { readAddress } from './read-address.ts'

test('numbers are read however they are written', () => {
  expect(['010-1234-5678', ' 010 1234 5678 ', '+82 (10) 1234-5678', '０１０１２３４５６７８'].map(readAddress)).toEqual([
    '01012345678',
    '01012345678',
    '+821012345678',
    '01012345678',
  ])
  expect(readAddress('lee@example.com')).toBe('lee@example.com')
})

test('parts and names are no addresses', () => {
  expect(['1234', '010-12', '행복분식', 'lee@', '010-****-1187', ''].map(readAddress)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ])
})
