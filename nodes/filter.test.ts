import { expect, test } from 'vitest'
import type { Column } from '#schemas/column.ts'
import { compareDigits } from './filter/compare.ts'
import { compileConditions } from './filter/compile-conditions.ts'
import type { Condition, Conditions } from '#schemas/conditions.ts'
import filter from './filter.ts'

const surroundings = (type: Column['type']) => ({
  columns: [{ name: 'x', type }],
  timezone: 'Asia/Seoul',
  now: '2026-11-26T01:00:00Z',
})
const all = (items: Conditions['items']): Conditions => ({ join: 'all', items })
function meets(value: string | number | boolean | null, type: Column['type'], is: Condition['is'], wanted?: string): boolean {
  const condition = { column: 'x', is, ...(wanted !== undefined && { value: wanted }) }
  return compileConditions(all([condition]), surroundings(type))({ x: value })
}

test('digits are compared as digits', () => {
  expect(compareDigits('9007199254740993', '9007199254740992')).toBe(1)
  expect(compareDigits('0.10', '0.1')).toBe(0)
  expect(compareDigits('-2', '-10')).toBe(1)
  expect(compareDigits('1,000', '999.99')).toBe(1)
  expect(compareDigits('', '1')).toBeNull()
  expect(compareDigits('1e3', '1')).toBeNull()
})

test('numbers, texts and days each by their own order', () => {
  expect(meets('10', 'integer', 'above', '9')).toBe(true)
  expect(meets('10', 'text', 'above', '9')).toBe(false)
  expect(meets('한강'.normalize('NFD'), 'text', 'equals', '한강')).toBe(true)
  expect(meets('2026-11-26T10:00:00', 'datetime', 'at-most', '2026-11-26')).toBe(true)
  expect(meets('2026-11-27T00:00:00', 'datetime', 'at-most', '2026-11-26')).toBe(false)
})

test('NULL meets nothing but what asks for it', () => {
  for (const is of ['equals', 'at-least', 'below', 'contains', 'starts-with', 'one-of'] as const)
    expect(meets(null, 'text', is, ''), is).toBe(false)
  expect(meets(null, 'text', 'not-equals', 'a')).toBe(true)
  expect(meets(null, 'text', 'is-null')).toBe(true)
  expect(meets('', 'text', 'is-null')).toBe(false)
  expect([meets(null, 'text', 'is-empty'), meets('', 'text', 'is-empty'), meets('0', 'text', 'is-empty')]).toEqual([
    true,
    true,
    false,
  ])
})

test('the last days are those of the workflow’s zone', () => {
  // In Seoul it is the 26th, 10:00.
  expect(meets('2026-11-25T15:00:00Z', 'instant', 'within-days', '0')).toBe(true) // 26th 00:00
  expect(meets('2026-11-25T14:59:59Z', 'instant', 'within-days', '0')).toBe(false)
  expect(meets('2026-11-19', 'date', 'within-days', '7')).toBe(true)
  expect(meets('2026-11-18', 'date', 'within-days', '7')).toBe(false)
  expect(meets('2026-11-27', 'date', 'within-days', '7')).toBe(false)
})

test('groups nest; an empty list of conditions is a problem', () => {
  const nested: Conditions = {
    join: 'any',
    items: [
      { column: 'x', is: 'equals', value: 'a' },
      {
        join: 'all',
        items: [
          { column: 'x', is: 'starts-with', value: 'b' },
          { column: 'x', is: 'not-contains', value: '!' },
        ],
      },
    ],
  }
  const test = compileConditions(nested, surroundings('text'))
  expect(['a', 'bc', 'b!', 'c'].map((x) => test({ x }))).toEqual([true, true, false, false])
  const known = { described: null, describeFailed: false, timezone: 'Asia/Seoul', connection: () => null, list: () => null }
  const problems = (conditions: Conditions) =>
    filter
      .columns({ conditions }, { rows: [{ name: 'x', type: 'text' }] }, known)
      .problems?.map(({ code, field }) => [code, field])
  expect(problems(all([]))).toEqual([['config-missing', 'conditions']])
  expect(problems(all([{ column: 'y', is: 'is-null' }]))).toEqual([['unknown-column', 'conditions/items/0/column']])
})
