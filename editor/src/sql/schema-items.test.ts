import { expect, test } from 'vitest'
import type { CatalogTable } from '#schemas/catalog.ts'
import { moveIn, schemaItems } from './schema-items.ts'

const column = (name: string): CatalogTable['columns'][number] => ({
  name,
  type: 'text',
  sourceType: 'text',
  nullable: true,
  primaryKey: false,
  indexed: false,
  displayName: null,
  description: null,
  comment: null,
  filterable: true,
  personal: false,
})
const table = (name: string): CatalogTable => ({
  id: name,
  schema: null,
  name,
  kind: 'table',
  rowEstimate: null,
  displayName: null,
  description: null,
  comment: null,
  hidden: false,
  columns: [column('a'), column('b')],
  relations: [],
})
const tables = [table('one'), table('two')]

test('an open table has its columns under it; one that was found by a column is open by itself, and can be closed', () => {
  const kinds = (found: string[], opened: string[]) =>
    schemaItems(
      tables.map((one) => ({ table: one, columns: found.includes(one.id) ? ['a'] : [] })),
      new Set(opened),
    ).map(({ kind }) => kind)
  expect(kinds([], [])).toEqual(['table', 'table'])
  expect(kinds([], ['one'])).toEqual(['table', 'insert', 'sample', 'column', 'column', 'table'])
  expect(kinds(['two'], [])).toEqual(['table', 'table', 'insert', 'sample', 'column', 'column'])
  expect(kinds(['two'], ['two'])).toEqual(['table', 'table'])
})

test('arrows walk through it, open and close', () => {
  const items = schemaItems(
    tables.map((one) => ({ table: one, columns: [] })),
    new Set(['one']),
  )
  const move = (at: number, key: string) => moveIn(items, { at, key })
  expect(move(0, 'ArrowRight')).toEqual({ to: 1 })
  expect(move(4, 'ArrowDown')).toEqual({ to: 5 })
  expect(move(5, 'ArrowDown')).toEqual({ to: 5 })
  expect(move(4, 'ArrowLeft')).toEqual({ to: 0 })
  expect(move(0, 'ArrowLeft')).toEqual({ toggle: 'one' })
  expect(move(5, 'ArrowRight')).toEqual({ toggle: 'two' })
  expect(move(5, 'ArrowLeft')).toBeNull()
  expect(move(0, 'End')).toEqual({ to: 5 })
  expect(move(0, 'x')).toBeNull()
})
