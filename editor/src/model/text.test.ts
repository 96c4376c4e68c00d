import { expect, test } from 'vitest'
import { chain } from './fixture.ts'
import { downstream, upstream, variablesWanted } from './graph.ts'
import { suggestColumns } from '#schemas/likeness/suggest.ts'
import { eucKrBytes, openHole, piecesOf, putVariable, variablesOf } from './template-text.ts'

const column = (name: string, label?: string) => ({ name, type: 'text' as const, ...(label === undefined ? {} : { label }) })

test('a text is cut into pieces and comes together again', () => {
  const text = '안녕 #{ 회사 이름 }님, {{수}}건 #{안 닫힘 $& #{수}'
  expect(
    piecesOf(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text)
  expect(variablesOf(text)).toEqual(['회사 이름', '수'])
})

test('the hole that is being written is found at the caret', () => {
  expect(openHole('기간: #기', 6)).toEqual({ start: 4, typed: '기', braces: false })
  expect(openHole('기간: #{기', 7)).toEqual({ start: 4, typed: '기', braces: false })
  expect(openHole('기간: {{기', 7)).toEqual({ start: 4, typed: '기', braces: true })
  expect(openHole('기간: #{기}', 8)).toBeNull()
  // A new `#` is the one that counts, whatever was left open before it.
  expect(openHole('#{가게 #', 6)).toEqual({ start: 5, typed: '', braces: false })
  expect(openHole('no hole', 3)).toBeNull()
})

test('a variable goes in place of what was typed for it', () => {
  expect(putVariable('기간: #기', 6, '기간')).toEqual({ text: '기간: #{기간}', caret: 9 })
  expect(putVariable('기간: #{기} 끝', 7, '기간')).toEqual({ text: '기간: #{기간} 끝', caret: 9 })
  expect(putVariable('A {{기}} B', 5, '$&')).toEqual({ text: 'A {{$&}} B', caret: 8 })
  expect(putVariable('앞뒤', 1, 'x')).toEqual({ text: '앞#{x}뒤', caret: 5 })
})

test('bytes as SMS counts them', () => {
  expect(eucKrBytes('abc 가나')).toBe(8)
})

test('columns that mean the variable come first; nonsense is not offered', () => {
  const columns = [
    column('company_name'),
    column('total_reviews'),
    column('average_rating'),
    column('contacts'),
    column('needs_reply'),
    column('week_label', '집계 기간'),
  ]
  const best = (variable: string) => suggestColumns(variable, columns)[0]?.column.name
  expect(best('회사 이름')).toBe('company_name')
  expect(best('새 리뷰 수')).toBe('total_reviews')
  expect(best('평균 별점')).toBe('average_rating')
  expect(best('답글 필요')).toBe('needs_reply')
  expect(best('기간')).toBe('week_label')
  expect(best('companyName')).toBe('company_name')
  expect(best('쿠폰')).toBeUndefined()
})

test('a name is what it is called, not the key of it', () => {
  const columns = [column('id'), column('company_id'), column('company_name')]
  for (const variable of ['상호명', '회사 이름', '가게명', '상호'])
    expect(suggestColumns(variable, columns)[0]?.column.name).toBe('company_name')
  expect(suggestColumns('회사 아이디', columns)[0]?.column.name).toBe('company_id')
})

test('what a mapping has to fill is what the texts after it ask for', () => {
  const document = chain()
  const text = document.nodes.find(({ id }) => id === 'text')
  if (text) text.config = { text: '#{회사}님 #{수}', buttons: [{ name: '보기', linkMobile: 'https://x.example/#{id}' }] }
  expect(variablesWanted(document, 'fill')).toEqual(['회사', '수', 'id'])
  expect(variablesWanted(document, 'send')).toEqual([])
  expect(downstream(document, 'audience')).toEqual(['fill', 'text', 'send'])
  expect(upstream(document, 'fill')).toEqual(['audience', 'start'])
})
