import { expect, test } from 'vitest'
import { markText } from './marked-text.ts'

const marks = (text: string, values?: Record<string, string>) =>
  markText(text, values)
    .filter(({ kind }) => kind !== 'text')
    .map(({ kind, text: piece, name }) => (name === undefined ? `${kind} ${piece}` : `${kind} ${piece} = ${name}`))

test('marks values and holes, and loses nothing', () => {
  const text = '안녕하세요, 행복분식 사장님!\n· 새 리뷰 128건\n· 평균 4.6점\n기간: #{기간} {{period}}'
  const values = { 상호: '행복분식', 리뷰수: '128', 평점: '4.6', 빈: '' }
  expect(marks(text, values)).toEqual([
    'value 행복분식 = 상호',
    'value 128 = 리뷰수',
    'value 4.6 = 평점',
    'hole #{기간} = 기간',
    'hole {{period}} = period',
  ])
  expect(
    markText(text, values)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text)
})

test('a value is not found inside a longer number or word', () => {
  expect(marks('17일 7건, 1,7 점 0.7 plan', { n: '7', p: 'pl' })).toEqual(['value 7 = n'])
})

test('the longest value wins, and signs of patterns are plain text', () => {
  expect(marks('행복분식 본점 (1+1) $5', { a: '행복분식', b: '행복분식 본점', c: '(1+1)', d: '$5' })).toEqual([
    'value 행복분식 본점 = b',
    'value (1+1) = c',
    'value $5 = d',
  ])
})

test('addresses are links, also where a value lies in them', () => {
  expect(marks('보기: https://gagenote.example/r?id=7 끝', { n: '7' })).toEqual(['link https://gagenote.example/r?id=7'])
})

test('any value can be looked for: dates, phone numbers, signs', () => {
  const values = { date: '2026-11-23', phone: '010-1234-5678', path: 'a/b', dash: '–', sign: '\\^$.*+?()[]{}|/-&~#!,:' }
  const text = Object.values(values).join(' ')
  expect(marks(text, values)).toEqual(Object.entries(values).map(([name, value]) => `value ${value} = ${name}`))
  // Every sign of ASCII by itself, so that none of them is an error in a pattern.
  for (let code = 33; code < 127; code += 1) {
    const sign = String.fromCharCode(code)
    expect(marks(` ${sign} `, { sign })).toEqual([`value ${sign} = sign`])
  }
})
