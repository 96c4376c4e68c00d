import { expect, test } from 'vitest'
import type { Catalog, CatalogColumn, CatalogTable } from '#schemas/catalog.ts'
import type { Dialect } from '#schemas/sql/dialect.ts'
import { sqlOffers, writeName } from './offers.ts'

const column = (name: string, sourceType: string, displayName: string | null = null): CatalogColumn => ({
  name,
  type: 'text',
  sourceType,
  nullable: true,
  primaryKey: false,
  indexed: false,
  displayName,
  description: null,
  comment: null,
  filterable: true,
  personal: false,
})

const table = (id: string, displayName: string, columns: CatalogColumn[]): CatalogTable => ({
  id,
  schema: id.includes('.') ? (id.split('.')[0] ?? null) : null,
  name: id.split('.').at(-1) ?? id,
  kind: 'table',
  rowEstimate: 1200,
  displayName,
  description: null,
  comment: null,
  hidden: false,
  columns,
  relations: [],
})

const catalog: Catalog = {
  connectionId: 'shop',
  dialect: 'postgres',
  readAt: '2026-11-27T00:00:00Z',
  tableCount: 3,
  tables: [
    table('customers', '고객', [
      column('id', 'int4'),
      column('contacts', 'text', '휴대폰 번호'),
      column('company_id', 'int4', '회사'),
    ]),
    table('companies', '회사', [column('id', 'int4'), column('Company Name', 'text', '회사 이름')]),
    table('sales.reviews', '리뷰', [column('rating', 'int4', '별점'), column('company_id', 'int4', '회사')]),
  ],
}

/** What is offered at the `|`. */
function at(text: string, dialect: Dialect = 'postgres') {
  const offset = text.indexOf('|')
  const sql = text.replace('|', '')
  const parameters = [{ name: 'company_id', title: '회사' }]
  return sqlOffers(sql, offset, { dialect, catalog, parameters, language: 'ko' })
}
const inserted = (text: string, dialect?: Dialect): string[] =>
  at(text, dialect)?.offers.map(({ insert }) => insert) ?? ['nothing']

test('tables after FROM, JOIN and a comma, also by their Korean names and first consonants', () => {
  expect(inserted('select * from |')).toEqual(['customers', 'companies', 'sales.reviews'])
  expect(inserted('select * from 고|')).toEqual(['customers'])
  expect(inserted('select * from ㄱㄱ|')).toEqual(['customers'])
  expect(inserted('select * from customers c join 리뷰|')).toEqual(['sales.reviews'])
  expect(inserted('select * from customers, co|')).toEqual(['companies'])
  expect(at('select * from 고|')?.from).toBe('select * from '.length)
})

test('columns of the table behind the name before the point', () => {
  expect(inserted('select c.| from customers c')).toEqual(['id', 'contacts', 'company_id'])
  expect(inserted('select c.휴대| from customers c')).toEqual(['contacts'])
  expect(inserted('select customers.con| from customers')).toEqual(['contacts'])
  expect(inserted('select x.| from customers c')).toEqual([])
})

test('columns of the statement: with the name of their table where there are several, all while none is named', () => {
  expect(inserted('select * from customers where 휴대|')).toEqual(['contacts'])
  expect(inserted('select * from customers c join companies co on co.id = c.company_id where 회사|').slice(0, 2)).toEqual([
    'c.company_id',
    'co."Company Name"',
  ])
  expect(inserted('select 별점|')).toContain('rating')
})

test('a subquery has its own clauses', () => {
  expect(at('select (select count(*) from |) from customers')?.offers[0]?.kind).toBe('table')
  expect(at('select * from customers where id in (select |')?.offers[0]?.kind).not.toBe('table')
})

test('parameters after a colon, keywords and functions where anything may stand, nothing in strings and comments', () => {
  expect(inserted('select * from customers where company_id = :|')).toEqual(['company_id'])
  expect(inserted('select rating::| from reviews')).not.toContain('company_id = ')
  expect(inserted('|')).toContain('select')
  expect(inserted('select cou| from customers')).toContain('count($0)')
  expect(inserted('select 개수| from customers')).toContain('count($0)')
  expect(inserted("select 'a| b' from customers")).toEqual(['nothing'])
  expect(inserted("select 'a|")).toEqual(['nothing'])
  expect(inserted('select 1 -- fr|')).toEqual(['nothing'])
})

test("a name of somebody's own is left alone: nothing after AS, only words that go on after a table or a value", () => {
  expect(inserted('select count(*) as n|')).toEqual(['nothing'])
  expect(inserted('select * from customers c|')).toEqual([])
  expect(inserted('select * from customers wh|')).toEqual(['where', 'when'])
  expect(inserted('select count(*) n|')).not.toContain('now($0)')
  expect(inserted('select * from customers where id|')[0]).toBe('id')
})

test('friendly names and types are shown', () => {
  expect(at('select c.con| from customers c')?.offers[0]).toMatchObject({
    label: 'contacts',
    title: '휴대폰 번호',
    detail: 'text',
  })
  expect(at('select * from 리뷰|')?.offers[0]).toMatchObject({ label: 'reviews', title: '리뷰' })
})

test('names are quoted where a plain word would be another', () => {
  expect(['name', '회사', 'Company', 'order', 'a b', 'a"b'].map((name) => writeName(name, 'postgres'))).toEqual([
    'name',
    '회사',
    '"Company"',
    '"order"',
    '"a b"',
    '"a""b"',
  ])
  expect(['Company', 'order', 'a`b'].map((name) => writeName(name, 'mysql'))).toEqual(['Company', '`order`', '`a``b`'])
})
