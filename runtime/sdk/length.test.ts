import { expect, test } from 'vitest'
import { characters, eucKrBytes, unencodable } from './length.ts'

test('bytes of the examples in the vendors’ documentation', () => {
  expect(eucKrBytes('[달빛서점] 홍길동님, 주문 20260302-0001이 접수되었습니다.')).toBe(57)
  expect(eucKrBytes('(광고)[달빛서점] 봄맞이 할인')).toBe(28)
  expect(eucKrBytes('가'.repeat(45))).toBe(90)
  expect(eucKrBytes('a\r\nb')).toBe(3)
})

test('what EUC-KR carries, and what it does not', () => {
  expect(unencodable('…·“”‘’™℃①㈜☎★♥→×÷²½㎡αⅠㄱㆍ「【漢あア￦₩ 한글 abc')).toEqual([])
  expect(unencodable('€ ® – — • \u00a0 é À 国 简 똠 햏 뷁 😀 😀')).toEqual([
    '€',
    '®',
    '–',
    '—',
    '•',
    '\u00a0',
    'é',
    'À',
    '国',
    '简',
    '똠',
    '햏',
    '뷁',
    '😀',
  ])
})

test('characters are code points', () => {
  expect(characters('안녕 😀\r\n')).toBe(5)
})
