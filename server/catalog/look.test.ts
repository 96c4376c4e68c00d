import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CatalogTable } from '#schemas/catalog.ts'
import { readPostgresCatalog } from '#server/connections/postgres/catalog.ts'
import { PostgresConnection } from '#server/connections/postgres/postgres.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { holdsByName } from './holds.ts'
import { lookAtData } from './look.ts'

let shop: TestDatabase
let connection: PostgresConnection

beforeAll(async () => {
  shop = await testDatabase({ empty: true })
  connection = new PostgresConnection({ url: shop.url, timezone: 'Asia/Seoul' }, quietLog())
  await shop.pool.query(`
    create table companies (id int primary key, title text, region text, code text);
    create table plans (plan_code text primary key, fee int);
    create table reviews (id int primary key, company_id int, plan_code text, stars int);
    create table visits (id int primary key, "companyId" int, company_no text, note text);
    create table 회사 (번호 int primary key, 대표 text);
    create table 주문 (번호 int primary key, 회사번호 int);
    create table tb_member (id int primary key, c1 text, c2 text, c3 text, c4 text, word text);
    insert into companies select n, 'shop ' || n, 'seoul', 'A' || n from generate_series(1, 30) n;
    insert into plans values ('pro', 1), ('free', 0);
    insert into reviews select n, 1 + n % 30, case when n % 2 = 0 then 'pro' else 'free' end, 3 from generate_series(1, 100) n;
    insert into visits select n, 1000 + n, 'A1', null from generate_series(1, 40) n;
    insert into 회사 select n, (array['김민수','이서연','박지훈','최유진','정다은','강하늘'])[1 + n % 6] from generate_series(1, 12) n;
    insert into 주문 select n, 1 + n % 12 from generate_series(1, 50) n;
    insert into tb_member select n, '0101234' || n, 'm' || n || '@shop.kr', '서울시 강남구 테헤란로 ' || n, '900101-1' || (234000 + n), '서울' from generate_series(1001, 1030) n`)
})
afterAll(async () => {
  await connection?.close()
  await shop?.close()
})

test('what names and values say: relations that nobody declared, and whose the columns are', async () => {
  const read = await readPostgresCatalog(connection)
  await lookAtData(connection, read, Date.now)
  const tables = Object.fromEntries(read.tables.map((table): [string, CatalogTable] => [table.id, table]))
  const relations = (id: string) =>
    tables[id]?.relations.map(({ columns, to, origin }) => [columns[0], `${to.table}.${to.columns[0]}`, origin])
  expect(relations('reviews')).toEqual([
    ['company_id', 'companies.id', 'guessed'],
    ['plan_code', 'plans.plan_code', 'guessed'],
  ])
  expect(relations('주문')).toEqual([['회사번호', '회사.번호', 'guessed']])
  // Numbers that are no keys of companies, and texts that are no numbers: no relation.
  expect(relations('visits')).toEqual([])
  expect(relations('companies')).toEqual([])
  const member = tables.tb_member?.columns.map(({ name, personal, holds }) => [name, personal, holds])
  expect(member).toEqual([
    ['id', false, undefined],
    ['c1', true, 'phone'],
    ['c2', true, 'email'],
    ['c3', true, undefined],
    ['c4', true, undefined],
    ['word', false, undefined],
  ])
  expect(tables['회사']?.columns.find(({ name }) => name === '대표')?.personal).toBe(true)
})

test('a schema that does not answer in time is left unlooked at, and comes all the same', async () => {
  const read = await readPostgresCatalog(connection)
  let clock = 0
  let asked = 0
  const slow: Pick<PostgresConnection, 'query' | 'dialect'> = {
    dialect: 'postgres',
    query: (...given) => {
      asked += 1
      clock += 2000
      return connection.query(...given)
    },
  }
  await lookAtData(slow, read, () => clock)
  expect(asked).toBeLessThanOrEqual(5)
  expect(read.tables).toHaveLength(7)
})

test.each([
  ['phone', 'phone'],
  ['homePhone', 'phone'],
  ['MOBILE_NO', 'phone'],
  ['휴대폰 번호', 'phone'],
  ['contacts', 'phone'],
  ['e_mail', 'email'],
  ['고객이메일', 'email'],
  ['contact_name', undefined],
  ['phone_type', undefined],
  ['hotel', undefined],
  ['title', undefined],
])('%s holds %s', (name, holds) => expect(holdsByName({ name, type: 'text' })).toBe(holds))
