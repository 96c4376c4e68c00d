import { expect, test } from 'vitest'
import { characters, eucKrBytes, measureEucKr, unencodable } from './length.ts'

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

test('one pass says the same as looking at each character of the whole alphabet', () => {
  const decoder = new TextDecoder('euc-kr')
  for (let code = 0; code < 0x10000; code++) {
    const character = String.fromCharCode(code)
    const ascii = code < 0x80
    expect(measureEucKr(character).bytes).toBe(ascii ? 1 : 2)
    expect(measureEucKr(character).encodable).toBe(unencodable(character).length === 0)
  }
  for (let lead = 0xb0; lead <= 0xc8; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++)
      expect(measureEucKr(decoder.decode(new Uint8Array([lead, trail])))).toEqual({ bytes: 2, encodable: true })
})

test('an emoji is one character of two bytes, a lone half too; only a whole line break counts as one', () => {
  expect(measureEucKr('가😀a')).toEqual({ bytes: 5, encodable: false })
  expect(measureEucKr('\ud83d가\ude00')).toEqual({ bytes: 6, encodable: false })
  expect(measureEucKr('a\r\n\rb\n')).toEqual({ bytes: 5, encodable: true })
})

test('characters are code points', () => {
  expect(characters('안녕 😀\r\n')).toBe(5)
  expect(characters('\ud83d\r가\r\n😀\ude00')).toBe(6)
})
