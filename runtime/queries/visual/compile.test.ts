import { expect, test } from 'vitest'
import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import { blankColumn, blankTable } from '#schemas/catalog-blank.ts'
import type { VisualQuery } from '#schemas/visual-query.ts'
import { compileQuery } from './compile.ts'

const column = (name: string, more: Partial<CatalogColumn> = {}): CatalogColumn => ({
  ...blankColumn({ name, type: 'text' }),
  sourceType: 'text',
  primaryKey: name === 'id',
  ...more,
})
const table = (name: string, columns: CatalogColumn[], relations: CatalogTable['relations'] = []): CatalogTable => ({
  ...blankTable(name),
  columns,
  relations,
})
const tables = [
  table('customers', [
    column('id', { type: 'integer' }),
    column('full_name', { personal: true }),
    column('birthday', { type: 'date' }),
  ]),
  table('reviews', [
    column('id'),
    column('customer_id'),
    column('rating', { type: 'integer' }),
    column('state', { values: ['open', 'done'] }),
  ]),
]
const catalog: Catalog = { connectionId: 'shop', dialect: 'postgres', readAt: '', tables, tableCount: 2 }
const REVIEWS = { columns: ['id'], to: { table: 'reviews', columns: ['customer_id'] } }

const compile = (query: Partial<VisualQuery>) =>
  compileQuery({ table: 'customers', columns: [{ column: 'id', as: 'id' }], ...query }, catalog)
const problems = (query: Partial<VisualQuery>) =>
  compile(query).problems.map(({ code, field, fields }) => ({ ...fields, code, field }))
const where = (...items: NonNullable<VisualQuery['conditions']>['items']) => ({ conditions: { join: 'all' as const, items } })

test('what is not there is named, with the one that looks like it, at its place', () => {
  expect(problems({ table: 'customer' })).toEqual([
    { code: 'sql-table-like', field: 'table', table: 'customer', similar: 'customers' },
  ])
  expect(problems({ table: 'zzz' })).toEqual([{ code: 'sql-unknown-table', field: 'table', table: 'zzz' }])
  expect(problems({ columns: [{ column: 'fullname', as: 'name' }] })).toEqual([
    { code: 'sql-column-like', field: 'columns/0/column', column: 'fullname', similar: 'full_name' },
  ])
  const related = {
    match: 'some' as const,
    along: [REVIEWS],
    where: { join: 'all' as const, items: [{ column: 'ratings', is: 'below' as const, value: '3' }] },
  }
  expect(problems(where(related))).toMatchObject([
    { code: 'sql-column-like', field: 'conditions/items/0/where/items/0/column', similar: 'rating' },
  ])
})

test('a table of which many rows belong to one person lends no columns', () => {
  const joins = [{ id: 'reviews', relation: REVIEWS }]
  expect(problems({ joins, columns: [{ of: 'reviews', column: 'rating', as: 'rating' }] })).toMatchObject([
    { code: 'query-relation-many' },
  ])
  expect(problems(where({ of: 'shop', column: 'id', is: 'not-null' }))).toMatchObject([
    { code: 'query-join-unknown', join: 'shop' },
  ])
})

test('values and questions that do not fit are told before the database is asked', () => {
  expect(problems(where({ column: 'id', is: 'above', value: 'three' }))).toMatchObject([
    { code: 'query-value-unfit', field: 'conditions/items/0/value' },
  ])
  expect(problems(where({ column: 'birthday', is: 'equals', value: '2026-02-30' }))).toMatchObject([
    { code: 'query-value-unfit' },
  ])
  expect(problems(where({ column: 'id', is: 'contains', value: '3' }))).toMatchObject([{ code: 'query-operator-unfit' }])
  expect(problems(where({ column: 'full_name', is: 'equals', value: ' ' }))).toMatchObject([{ code: 'config-missing' }])
  expect(problems(where({ column: 'birthday', is: 'within', range: { in: 'last', count: 3, unit: 'hour' } }))).toMatchObject([
    { code: 'query-range-unfit' },
  ])
  const state = {
    match: 'none' as const,
    along: [REVIEWS],
    where: { join: 'all' as const, items: [{ column: 'state', is: 'equals' as const, value: 'opne' }] },
  }
  expect(problems(where(state))).toMatchObject([{ code: 'query-value-unfit', value: 'opne' }])
})

test('names of the result are there once, and not longer than every database keeps them', () => {
  const two = [
    { column: 'id', as: '번호' },
    { column: 'full_name', as: '번호' },
  ]
  expect(problems({ columns: two })).toMatchObject([{ code: 'query-name-twice', field: 'columns/1/as' }])
  expect(problems({ columns: [{ column: 'id', as: '가'.repeat(22) }] })).toMatchObject([{ code: 'query-name-too-long' }])
  expect(problems({ columns: [] })).toMatchObject([{ code: 'config-missing', field: 'columns' }])
  expect(problems({ table: '' })).toMatchObject([{ code: 'config-missing', field: 'table' }])
})

test('what is personal in the catalog is personal in the result', () => {
  const { outputs } = compile({
    columns: [
      { column: 'full_name', as: '이름' },
      { aggregate: 'count', along: [REVIEWS], as: '리뷰 수' },
    ],
  })
  expect(outputs).toEqual([
    { name: '이름', personal: true, nullable: true },
    { name: '리뷰 수', personal: false, nullable: false },
  ])
})
