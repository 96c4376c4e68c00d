import { expect, test } from 'vitest'
import type { Catalog } from '#schemas/catalog.ts'
import type { PlanRead, QueryPlan } from '#schemas/query-plan.ts'
import { planLines } from './plan-lines.ts'

const read = (over: Partial<PlanRead>): PlanRead => ({
  table: 'reviews',
  way: 'all',
  index: null,
  rows: 184_220,
  times: 1,
  comparedBy: [],
  ...over,
})
const plan = (over: Partial<QueryPlan>): QueryPlan => ({
  reads: [],
  sorts: false,
  groups: false,
  rows: null,
  cost: null,
  ...over,
})
const catalog = { tables: [{ name: 'reviews', displayName: '리뷰', comment: null }] } as unknown as Catalog
const keys = (of: QueryPlan) => planLines(of, { catalog, language: 'ko' }).map(({ key, warning }) => (warning ? `! ${key}` : key))

test('all of a big table is a warning, with the columns that want an index where they are known', () => {
  expect(keys(plan({ reads: [read({})] }))).toEqual(['! whole'])
  expect(keys(plan({ reads: [read({ comparedBy: ['company_id'] })] }))).toEqual(['! wholeHelp'])
  expect(keys(plan({ reads: [read({ comparedBy: ['company_id'], times: 40 })] }))).toEqual(['! wholeHelpAgain'])
  expect(planLines(plan({ reads: [read({ comparedBy: ['a', 'b'] })] }), { catalog, language: 'ko' })[0]?.values).toMatchObject({
    table: '리뷰 (reviews)',
    rows: 184_220,
    columns: 'a, b',
  })
})

test('a small table, an index, one row, a table whose size nobody tells', () => {
  const reads = [
    read({ rows: 20 }),
    read({ way: 'lookup', index: 'by_company', rows: 3 }),
    read({ way: 'one', index: 'PRIMARY' }),
    read({ rows: null }),
  ]
  expect(keys(plan({ reads }))).toEqual(['all', 'index', 'one', 'allUnknown'])
})

test('the slow comes first, sorting and grouping and the estimate last, nothing twice', () => {
  const reads = [read({ rows: 20, table: 'plans' }), read({}), read({})]
  expect(keys(plan({ reads, sorts: true, groups: true, rows: 12.4 }))).toEqual(['! whole', 'all', 'groups', 'sorts', 'rows'])
})
