import { expect, test } from 'vitest'
import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import { blankColumn } from '#schemas/catalog-blank.ts'
import type { VisualQuery } from '#schemas/visual-query.ts'
import { columnOffers } from './column-offers.ts'
import { chooseTable, freeName, pathOf, pruned, withJoin } from './edit-query.ts'
import { waysFrom } from './ways.ts'

const column = (name: string, more: Partial<CatalogColumn> = {}): CatalogColumn => ({
  ...blankColumn({ name, type: 'text' }),
  sourceType: 'text',
  primaryKey: name === 'id',
  ...more,
})
const relation = (near: string, table: string) => ({
  columns: [near],
  to: { table, columns: ['id'] },
  origin: 'declared' as const,
  toOne: true,
})
const table = (id: string, names: [string, string], more: Partial<CatalogTable> = {}): CatalogTable => ({
  id,
  schema: null,
  name: id,
  kind: 'table',
  rowEstimate: null,
  displayName: names[0],
  description: null,
  comment: null,
  hidden: false,
  columns: [column('id'), column(names[1], { personal: true })],
  relations: [],
  ...more,
})
const tables = [
  table('customers', ['고객', 'name'], {
    relations: [relation('company_id', 'companies'), relation('referrer_id', 'customers')],
  }),
  table('companies', ['회사', 'title']),
  table('reviews', ['리뷰', 'body'], { relations: [relation('company_id', 'companies')] }),
  table('profiles', ['프로필', 'note'], { relations: [relation('id', 'customers')] }),
  table('secrets', ['비밀', 'code'], { hidden: true, relations: [relation('customer_id', 'customers')] }),
]
const catalog: Catalog = { connectionId: 'shop', dialect: 'postgres', readAt: '', tables, tableCount: tables.length }
const [customers] = tables as [CatalogTable]
const ways = waysFrom(customers, catalog, 'ko')

test('ways are said as people say them, the nearest first, and never come back to a table', () => {
  const said = ways.map(({ label, toOne }) => [label, toOne])
  expect(said).toContainEqual(['회사', true])
  expect(said).toContainEqual(['회사의 리뷰', false])
  // One row has the key of the other: it is its profile, not one of several.
  expect(said).toContainEqual(['프로필', true])
  expect(said.some(([label]) => label === '회사의 고객' || String(label).includes('비밀'))).toBe(false)
  // Who brought me, and whom I brought.
  expect(said.filter(([label]) => String(label).startsWith('고객 ('))).toEqual([
    ['고객 (referrer_id)', true],
    ['고객 (referrer_id)', false],
  ])
  expect(waysFrom(customers, catalog, 'en').map(({ label }) => label)).toContain('리뷰 of 회사')
})

test('columns are lent by tables of which one row belongs to a person', () => {
  const labels = columnOffers(customers, { catalog, language: 'ko' }).map(({ label }) => label)
  expect(labels).toContain('회사의 제목')
  expect(labels.some((label) => label.includes('리뷰'))).toBe(false)
})

test('a column of another table joins it once, and the join goes with its last use', () => {
  const path = ways.find(({ label }) => label === '회사')?.along ?? []
  const first = withJoin(chooseTable(customers, 'ko'), path)
  expect(first.of).toBe('companies')
  const again = withJoin(first.query, path)
  expect(again.query.joins).toHaveLength(1)
  const query: VisualQuery = { ...again.query, columns: [{ of: 'companies', column: 'title', as: '회사' }] }
  expect(pathOf('companies', query.joins)).toEqual(path)
  expect(pruned(query)).toEqual(query)
  expect(pruned({ ...query, columns: [] }).joins).toBeUndefined()
  const asked: VisualQuery = {
    ...query,
    columns: [],
    conditions: { join: 'all', items: [{ join: 'any', items: [{ of: 'companies', column: 'title', is: 'not-null' }] }] },
  }
  expect(pruned(asked).joins).toHaveLength(1)
})

test('names are free and short enough for every database', () => {
  const columns = [{ column: 'name', as: '이름' }]
  expect(freeName('이름', columns)).toBe('이름 2')
  expect(new TextEncoder().encode(freeName('가'.repeat(60), columns)).length).toBeLessThanOrEqual(63)
})
