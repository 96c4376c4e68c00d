import { expect, test } from 'vitest'
import { typeOf } from '#editor/model/fixture.ts'
import type { Column } from '#schemas/column.ts'
import { cellText, sideBySide } from './side-by-side.ts'

const reader = { language: 'ko', zone: 'Asia/Seoul' } as const

const text = (name: string): Column => ({ name, type: 'text' })
const rows = (columns: Column[], count: number) => ({ columns, rows: Array.from({ length: count }, () => ({})), more: false })
const node = (part: object) => ({ in: {}, out: {}, failed: [], skipped: [], tookMs: 1, statements: 0, ...part })

test('the same people on both sides: only what is new stands on the right', () => {
  const view = sideBySide(node({ in: { rows: rows([text('a')], 3) }, out: { rows: rows([text('a'), text('b')], 3) } }), {
    type: typeOf('mapping'),
    config: null,
    language: 'ko',
  })
  expect(view.paired).toBe(true)
  expect(view.right[0]?.columns.map(({ name }) => name)).toEqual(['b'])
})

test('fewer rows, or several outputs: each for itself', () => {
  const filtered = sideBySide(
    node({ in: { rows: rows([text('a')], 3) }, out: { matched: rows([text('a')], 2), rest: rows([text('a')], 1) } }),
    { type: typeOf('filter'), config: null, language: 'ko' },
  )
  expect(filtered.paired).toBe(false)
  expect(filtered.right.map(({ title, rows: list }) => [title, list.length])).toEqual([
    ['matched', 2],
    ['rest', 1],
  ])
  expect(
    sideBySide(node({ out: { rows: rows([text('a')], 2) } }), { type: typeOf('sql-source'), config: null, language: 'ko' }).left,
  ).toBeNull()
})

test('a way that the config closes is no table of its own', () => {
  const wait = typeOf('filter')
  const closable = {
    ...wait,
    ports: { ...wait.ports, out: { ...wait.ports.out, rest: { kind: 'rows' as const, onlyIf: { path: 'past', is: 'leave' } } } },
  }
  const shown = (rest: number) =>
    sideBySide(
      node({ in: { rows: rows([text('a')], 3) }, out: { matched: rows([text('a')], 3), rest: rows([text('a')], rest) } }),
      {
        type: closable,
        config: null,
        language: 'ko',
      },
    ).right.length
  expect([shown(0), shown(1)]).toEqual([1, 2])
})

test('null, empty text, zero and digits too long for a number are four different things', () => {
  expect(cellText(null, { name: 'n', type: 'text' }, reader).kind).toBe('null')
  expect(cellText('', { name: 'n', type: 'text' }, reader).kind).toBe('empty')
  expect(cellText(0, { name: 'n', type: 'integer' }, reader)).toEqual({ text: '0', kind: 'number' })
  expect(cellText(1000, { name: 'company_id', type: 'integer' }, reader).text).toBe('1000')
  expect(cellText('12345678901234567890.50', { name: 'n', type: 'decimal', digits: true }, reader).text).toBe(
    '12,345,678,901,234,567,890.50',
  )
})

test('of many columns only those the step names, and who it is, stand beside what comes out', () => {
  const many = ['id', 'a', 'b', 'c', 'd', 'e', 'company_id'].map(text)
  many[1] = { ...text('contacts'), personal: true }
  const at = (config: Record<string, unknown> | null) =>
    sideBySide(node({ in: { rows: rows(many, 2) }, out: { rows: rows([...many, text('n')], 2) } }), {
      type: typeOf('mapping'),
      config,
      language: 'ko',
    })
  expect(at({ sql: 'select 1 where x = :company_id' }).left?.columns.map(({ name }) => name)).toEqual(['contacts', 'company_id'])
  expect(at({ variables: { x: { column: 'b' } } }).left?.columns.map(({ name }) => name)).toEqual(['contacts', 'b'])
  expect(at(null).left?.columns).toHaveLength(7)
  expect(at({}).left?.columns).toHaveLength(7)
})

test('a moment is shown by the clock of the workspace; a date and time without a zone as it is stored', () => {
  const text = (type: 'instant' | 'datetime', value: string) => cellText(value, { name: 'at', type }, reader).text
  expect(text('instant', '2026-11-26T15:30:00.000Z')).toBe('2026-11-27 00:30')
  expect(text('instant', '2026-11-26T15:30:05Z')).toBe('2026-11-27 00:30:05')
  expect(text('instant', 'infinity')).toBe('infinity')
  expect(text('datetime', '2026-11-26T15:30:00')).toBe('2026-11-26T15:30:00')
})
