import { expect, test } from 'vitest'
import { normalizeEmail, normalizePhone } from './phone.ts'

test.each([
  ['010-1234-5678', '+821012345678', '01012345678', 'mobile', false],
  [' 010 1234 5678 ', '+821012345678', '01012345678', 'mobile', false],
  ['０１０－１２３４－５６７８', '+821012345678', '01012345678', 'mobile', false],
  ['\u202A010-1234-5678\u202C', '+821012345678', '01012345678', 'mobile', false],
  ['010\u00A01234\u200B5678', '+821012345678', '01012345678', 'mobile', false],
  ['+82 10-1234-5678', '+821012345678', '01012345678', 'mobile', false],
  ['+82 (0)10 1234 5678', '+821012345678', '01012345678', 'mobile', false],
  ['0082-10-1234-5678', '+821012345678', '01012345678', 'mobile', false],
  ['821012345678', '+821012345678', '01012345678', 'mobile', false],
  ['1012345678', '+821012345678', '01012345678', 'mobile', true],
  ['011-123-4567', '+82111234567', '0111234567', 'mobile', false],
  ['02-123-4567', '+8221234567', '021234567', 'seoul', false],
  ['070 1234 5678', '+827012345678', '07012345678', 'regional', false],
  ['0505-123-4567', '+825051234567', '05051234567', 'relay', false],
  ['+1 415 555 2671', '+14155552671', '+14155552671', 'foreign', false],
])('%s is %s', (text, e164, local, kind, restored) => {
  expect(normalizePhone(text)).toEqual({ e164, local, class: kind, restored })
})

test.each([
  '',
  '  ',
  '01-2345',
  '010-1234-567',
  '8.21012E+11',
  '010-1234-56789',
  'abc',
  '010-1234-5678 ext 3',
  '1588-0000',
  '080-123-4567',
  '+82',
])('%s is no number for messages', (text) => {
  expect(normalizePhone(text)).toBeNull()
})

test('e-mail addresses', () => {
  expect(normalizeEmail(' Kim@Example.COM ')).toBe('kim@example.com')
  expect(normalizeEmail('\u200Bkim@example.com\uFEFF')).toBe('kim@example.com')
  expect(normalizeEmail('김@한글.한국'.normalize('NFD'))).toBe('김@한글.한국')
  expect(normalizeEmail('김@한글.한국')).toBe('김@한글.한국')
  for (const text of ['', 'kim', 'kim@', '@example.com', 'kim@example', 'a b@example.com', 'kim@ex..com']) {
    expect(normalizeEmail(text), text).toBeNull()
  }
})
