import { expect, test } from 'vitest'
import { AppError, type Row } from '#runtime/sdk/index.ts'
import type { Column } from '#schemas/column.ts'
import type { Entry } from './mapping/entry.ts'
import { compileEntry } from './mapping/fill.ts'
import mapping from './mapping.ts'

const column: Column = { name: 'total', type: 'integer', digits: true, nullable: true, missing: '?total' }
function fill(row: Row, entry: Partial<Entry>, of: Column = column): string {
  const text = compileEntry('리뷰수', { column: of.name, ...entry }, { column: of, timezone: 'Asia/Seoul' })(row)
  return text instanceof AppError ? `error ${text.code}` : text
}

test('no row, NULL, empty text and 0 are four things', () => {
  const noRow = { total: null, '?total': true }
  const empty: Column = { name: 'total', type: 'text' }
  expect(fill(noRow, {})).toBe('error value-no-row')
  expect(fill({ total: null, '?total': false }, {})).toBe('error value-null')
  expect(fill({ total: '' }, {}, empty)).toBe('error value-empty')
  expect(fill({ total: '0', '?total': false }, {})).toBe('0')
  const wishes = { whenNoRow: 'default', whenNull: 'empty', default: '없음' } as const
  expect(fill(noRow, wishes)).toBe('없음')
  expect(fill({ total: null, '?total': false }, wishes)).toBe('')
})

test('a value that does not fit its form fails that person only', () => {
  const text: Column = { name: 'total', type: 'text' }
  expect(fill({ total: '많음' }, { format: { kind: 'number' } }, text)).toBe('error value-unusable')
  expect(fill({ total: '12345678901234567.89' }, { format: { kind: 'number' } }, text)).toBe('12,345,678,901,234,567.89')
})

test('problems stand at the entry; a variable takes the place of a column of its name', () => {
  const known = { described: null, describeFailed: false, timezone: 'Asia/Seoul', connection: () => null, list: () => null }
  const columns: Column[] = [
    { name: 'name', type: 'text' },
    { name: 'on', type: 'boolean' },
  ]
  const made = mapping.columns(
    {
      variables: {
        name: { column: 'name' },
        a: { column: '' },
        b: { column: 'x' },
        c: { column: 'on', format: { kind: 'date' } },
      },
    },
    { rows: columns },
    known,
  )
  expect(made.problems?.map(({ code, field }) => `${code} ${field}`)).toEqual([
    'variable-not-mapped variables/a/column',
    'unknown-column variables/b/column',
    'format-does-not-fit variables/c/format',
  ])
  expect(made.out['rows']?.map(({ name, variable }) => `${name}${variable ? '*' : ''}`)).toEqual([
    'on',
    'name*',
    'a*',
    'b*',
    'c*',
  ])
  expect(mapping.summary?.({ variables: { a: { column: 'x' }, b: { column: '' } } }, known)?.ko).toBe('2개 중 1개 채움')
})
