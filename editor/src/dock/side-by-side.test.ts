import { expect, test } from 'vitest'
import { typeOf } from '#editor/model/fixture.ts'
import type { Column } from '#schemas/column.ts'
import { cellText, sideBySide } from './side-by-side.ts'

const text = (name: string): Column => ({ name, type: 'text' })
const rows = (columns: Column[], count: number) => ({ columns, rows: Array.from({ length: count }, () => ({})), more: false })
const node = (part: object) => ({ in: {}, out: {}, failed: [], skipped: [], tookMs: 1, statements: 0, ...part })

test('the same people on both sides: only what is new stands on the right', () => {
  const view = sideBySide(node({ in: { rows: rows([text('a')], 3) }, out: { rows: rows([text('a'), text('b')], 3) } }), {
    type: typeOf('mapping'),
    known: undefined,
    language: 'ko',
  })
  expect(view.paired).toBe(true)
  expect(view.right[0]?.columns.map(({ name }) => name)).toEqual(['b'])
})

test('fewer rows, or several outputs: each for itself', () => {
  const filtered = sideBySide(
    node({ in: { rows: rows([text('a')], 3) }, out: { matched: rows([text('a')], 2), rest: rows([text('a')], 1) } }),
    { type: typeOf('filter'), known: undefined, language: 'ko' },
  )
  expect(filtered.paired).toBe(false)
  expect(filtered.right.map(({ title, rows: list }) => [title, list.length])).toEqual([
    ['matched', 2],
    ['rest', 1],
  ])
  expect(
    sideBySide(node({ out: { rows: rows([text('a')], 2) } }), { type: typeOf('sql-source'), known: undefined, language: 'ko' })
      .left,
  ).toBeNull()
})

test('null, empty text, zero and digits too long for a number are four different things', () => {
  expect(cellText(null, { type: 'text' }, 'ko').kind).toBe('null')
  expect(cellText('', { type: 'text' }, 'ko').kind).toBe('empty')
  expect(cellText(0, { type: 'integer' }, 'ko')).toEqual({ text: '0', kind: 'number' })
  expect(cellText('12345678901234567890.50', { type: 'decimal', digits: true }, 'ko').text).toBe('12,345,678,901,234,567,890.50')
})
