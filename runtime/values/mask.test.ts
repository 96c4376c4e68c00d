import { expect, test } from 'vitest'
import { maskAddress, maskEmail, maskName, maskPhone, maskValue } from './mask.ts'

test.each([
  ['01012343312', '010-****-3312'],
  ['010-1234-3312', '010-****-3312'],
  ['+82 10-1234-3312', '010-****-3312'],
  ['8201012343312', '010-****-3312'],
  ['02-345-6789', '02-****-6789'],
  ['12345', '*****'],
  ['', '****'],
])('number %s → %s', (text, masked) => expect(maskPhone(text)).toBe(masked))

test('e-mail and names keep the first letter', () => {
  expect(maskEmail('kim@shop.kr')).toBe('k***@shop.kr')
  expect(maskEmail('broken')).toBe('***')
  expect(maskName('김민수')).toBe('김**')
  expect(maskName('김민수'.normalize('NFD'))).toBe('김**')
  expect(maskName('Kim Min')).toBe('K** M**')
})

test('an address is masked by its look', () => {
  expect(maskAddress('a@b.kr')).toBe('a***@b.kr')
  expect(maskAddress('010 1234 3312')).toBe('010-****-3312')
  expect(maskAddress('d2F4aGVyZS1pcy1hLXRva2Vu')).toBe('d2F4****')
})

test('values: only personal columns, and null and the empty text stay what they are', () => {
  const personal = { type: 'text', personal: true } as const
  expect(maskValue({ type: 'text' }, '김민수')).toBe('김민수')
  expect(maskValue(personal, '김민수')).toBe('김**')
  expect(maskValue(personal, '01012343312')).toBe('010-****-3312')
  expect(maskValue(personal, 'kim@shop.kr')).toBe('k***@shop.kr')
  expect(maskValue(personal, null)).toBe(null)
  expect(maskValue(personal, '')).toBe('')
  expect(maskValue({ type: 'integer', personal: true }, 1012343312)).toBe('101-****-3312')
  expect(maskValue({ type: 'json', personal: true }, { a: 1 })).toBe('***')
  expect(maskValue({ type: 'date', personal: true }, '1990-02-03')).toBe('1990-**-**')
})
