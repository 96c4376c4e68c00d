import { expect, test } from 'vitest'
import { AppError } from '#runtime/sdk/app-error.ts'
import { compileTemplate, isDecomposed, render, variablesOf } from './template.ts'

const fill = (text: string, variables: Record<string, string>) => render(compileTemplate(text), variables)

test('both forms of holes, every occurrence, and nothing else changes', () => {
  expect(fill('#{이름}님, {{이름}}님!\r\n  a', { 이름: '김서연' })).toBe('김서연님, 김서연님!\r\n  a')
  expect(variablesOf('#{a} {{b}} #{a}')).toEqual(['a', 'b'])
})

test('values are data', () => {
  for (const value of ['$&', '$1', '$$', '#{이름}', '{{이름}}', '<b>', '\\', '}'])
    expect(fill('[#{이름}]', { 이름: value })).toBe(`[${value}]`)
})

test('names are trimmed and compared in NFC', () => {
  expect(fill('#{ 고객 이름 }', { '고객 이름': '박' })).toBe('박')
  expect(fill(`#{${'이름'.normalize('NFD')}}`, { 이름: '최' })).toBe('최')
  expect(isDecomposed('이름'.normalize('NFD'))).toBe(true)
  expect(isDecomposed('이름')).toBe(false)
})

test('a hole without value stays visible; names of Object.prototype are no values', () => {
  expect(fill('#{없음} #{constructor} #{__proto__}', {})).toBe('#{없음} #{constructor} #{__proto__}')
})

test.each([
  ['한글\n 안녕 #{이름', 2, 5],
  ['#{}', 1, 1],
  ['a {{ }} b', 1, 3],
  ['#{이름\n}', 1, 1],
])('a broken hole is named with its place: %s', (text, line, column) => {
  const error = (() => {
    try {
      compileTemplate(text)
    } catch (thrown) {
      return thrown
    }
    return null
  })()
  expect(error).toBeInstanceOf(AppError)
  expect(error).toMatchObject({ code: 'template-broken', position: { line, column } })
})

test('a single # or { is text', () => {
  expect(fill('#1 {a} 100% {', {})).toBe('#1 {a} 100% {')
})
