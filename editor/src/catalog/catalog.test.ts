import { expect, test } from 'vitest'
import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import { findTables } from './find-tables.ts'
import { mergedNames, withField, withTable } from './names-change.ts'
import { outputsOf, selectOf, tableFlow } from './table-flow.ts'
import { bestRecipients, nameColumn, phoneColumn, purposeOf, tablesById } from './purpose.ts'

const column = (name: string, more: Partial<CatalogColumn> = {}): CatalogColumn => ({
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
  ...more,
})
const table = (name: string, columns: CatalogColumn[], more: Partial<CatalogTable> = {}): CatalogTable => ({
  id: name,
  schema: null,
  name,
  kind: 'table',
  rowEstimate: 10,
  displayName: null,
  description: null,
  comment: null,
  hidden: false,
  columns,
  relations: [],
  ...more,
})
const companies = table('companies', [
  column('company_id', { primaryKey: true }),
  column('company_name'),
  column('office_tel', { holds: 'phone' }),
  column('mobile', { holds: 'phone' }),
])
const toCompany = {
  columns: ['company_id'],
  to: { table: 'companies', columns: ['company_id'] },
  origin: 'guessed' as const,
  toOne: true,
}
const reviews = table('reviews', [column('id', { primaryKey: true }), column('company_id')], { relations: [toCompany] })
const profile = table('company_profile', [column('company_id', { primaryKey: true })], { relations: [toCompany] })
const optOuts = table('opt_outs', [column('phone', { holds: 'phone' })])
const suppliers = table('suppliers', [column('phone', { holds: 'phone' })])
const plans = table('plans', [column('plan')])
const catalog: Catalog = {
  connectionId: 'c',
  dialect: 'mariadb',
  readAt: '2026-11-27T00:00:00.000Z',
  tables: [optOuts, suppliers, companies, reviews, profile, plans],
  tableCount: 6,
}

test('what a table is good for, and the one that suits recipients best', () => {
  const of = (one: CatalogTable) => purposeOf(one, tablesById(catalog))
  expect(of(companies)).toEqual({ kind: 'recipients', column: companies.columns[3] })
  expect(of(reviews)).toEqual({ kind: 'several', of: companies })
  expect(of(profile)).toEqual({ kind: 'one', of: companies })
  expect(of(optOuts)).toEqual({ kind: 'opt-outs' })
  expect(of(plans)).toBeNull()
  expect(bestRecipients(catalog)?.id).toBe('companies')
  expect(bestRecipients({ ...catalog, tables: [plans, reviews] })).toBeNull()
  expect([phoneColumn(companies)?.name, nameColumn(companies)?.name]).toEqual(['mobile', 'company_name'])
})

test('tables are found by what people call them, by their columns, and by initials', () => {
  const found = (query: string) => findTables(catalog.tables, query, 'ko').map(({ table: { id }, columns }) => [id, columns])
  expect(found('회사')).toEqual([
    ['companies', []],
    ['reviews', ['회사 번호']],
    ['company_profile', ['회사 번호']],
  ])
  expect(found('ㅎㄷㅍ')).toEqual([
    ['opt_outs', ['휴대폰']],
    ['suppliers', ['휴대폰']],
    ['companies', ['휴대폰']],
  ])
  expect(found('revi')).toEqual([['reviews', []]])
  expect(found('')).toHaveLength(6)
})

test('a name is said and taken back; a file is laid over what was said', () => {
  const named = withField(withTable({}, 'companies', { displayName: '가게' }), ['companies', 'mobile'], { displayName: '번호' })
  expect(named).toEqual({ companies: { displayName: '가게', fields: { mobile: { displayName: '번호' } } } })
  expect(withField(named, ['companies', 'mobile'], { displayName: '' })).toEqual({ companies: { displayName: '가게' } })
  expect(withTable(withField(named, ['companies', 'mobile'], { displayName: '' }), 'companies', { displayName: '' })).toEqual({}) // prettier-ignore
  const file = {
    companies: { fields: { mobile: { filterable: false }, plan: { displayName: '요금제' } } },
    plans: { hidden: true },
  }
  expect(mergedNames(named, file)).toEqual({
    companies: {
      displayName: '가게',
      fields: { mobile: { displayName: '번호', filterable: false }, plan: { displayName: '요금제' } },
    },
    plans: { hidden: true },
  })
})

const wish = {
  catalog,
  table: companies,
  language: 'ko' as const,
  name: '회사 안내',
  greeting: (hole: string) => `${hole}님, 안녕하세요.`,
}

test('a table becomes a workflow: read without SQL where that can be, else by a query that can be read', () => {
  const read = tableFlow({ ...wish, types: new Set(['table-source']) })
  expect(read?.nodes.find(({ type }) => type === 'table-source')?.config).toEqual({
    connection: 'c',
    query: {
      table: 'companies',
      columns: [
        { column: 'company_id', as: '회사 번호' },
        { column: 'company_name', as: '회사 이름' },
        { column: 'office_tel', as: 'office_tel' },
        { column: 'mobile', as: '휴대폰' },
      ],
    },
  })
  const flow = tableFlow({ ...wish, types: new Set() })
  const configOf = (type: string) => flow?.nodes.find((node) => node.type === type)?.config
  expect(configOf('sql-source')?.sql).toBe(
    'select\n  company_id as `회사 번호`,\n  company_name as `회사 이름`,\n  office_tel,\n  mobile as `휴대폰`\nfrom companies\norder by company_id',
  )
  expect(configOf('leave-out')).toMatchObject({ address: '휴대폰' })
  expect(configOf('send-sms')).toMatchObject({ address: '휴대폰', connection: 'sandbox' })
  expect(configOf('mapping')).toEqual({ variables: { 회사이름: { column: '회사 이름' } } })
  expect(configOf('template')).toEqual({ text: '#{회사이름}님, 안녕하세요.\n' })
  expect(tableFlow({ ...wish, table: plans, types: new Set() })).toBeNull()
})

test('names that two columns share, or that are too long for the database, stay as they are; words of SQL are quoted', () => {
  const long = '아주 긴 이름을 가진 열이라서 데이터베이스가 뒤를 잘라 버려요'
  const odd = table(
    'order',
    [
      column('phone', { holds: 'phone' }),
      column('tel2', { displayName: '휴대폰' }),
      column('Group', { displayName: long }),
      column('picture', { type: 'bytes' }),
    ],
    { id: 'sales.order', schema: 'sales' },
  )
  const outputs = outputsOf(odd, 'ko')
  expect(outputs.map(({ as }) => as)).toEqual(['phone', 'tel2', 'Group'])
  expect(selectOf(odd, outputs, 'postgres')).toBe('select\n  phone,\n  tel2,\n  "Group"\nfrom sales."order"')
})
