import mysql from 'mysql2/promise'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CatalogTable } from '#schemas/catalog.ts'
import { readMysqlCatalog } from '#server/connections/mysql/catalog.ts'
import { MysqlConnection } from '#server/connections/mysql/mysql.ts'
import { readPostgresCatalog } from '#server/connections/postgres/catalog.ts'
import { PostgresConnection } from '#server/connections/postgres/postgres.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { mariadbMissing, testMariaDb, type TestMySqlDatabase } from '#server/test/mariadb.ts'
import { quietLog } from '#server/test/quiet-log.ts'

let postgres: TestDatabase
let maria: TestMySqlDatabase | undefined
let admin: mysql.Connection | undefined
const opened: { close(): Promise<void> }[] = []

beforeAll(async () => {
  postgres = await testDatabase({ empty: true })
  await postgres.pool.query(`
    create type grade as enum ('bronze', 'gold''s');
    create domain phone_number as varchar(20) not null;
    create table companies (company_id int8 primary key, name text not null, mobile phone_number, grade grade, joined timestamptz, logo bytea);
    comment on table companies is '회사';
    comment on column companies.grade is '등급: 멤버십';
    create table reviews (id int4 primary key, company_id int8 references companies, rating numeric(2,1), tags jsonb);
    create index on reviews (company_id, rating);
    create index on reviews (rating) where rating < 3;
    create view low_reviews as select * from reviews where rating < 3;
    create table visits (at date not null, company_id int8) partition by range (at);
    create table visits_2026 partition of visits for values from ('2026-01-01') to ('2027-01-01');
    create table secrets (id int, word text);
    create table half (id int, salary int);
    create schema 판매;
    create table 판매."주문 목록" (번호 int primary key, company_id int8 references companies);
    insert into companies select n, 'c' || n, '0101234' || n, 'bronze' from generate_series(1000, 1049) n;
    do $$ begin if not exists (select from pg_roles where rolname = 'catalog_reader') then create role catalog_reader login password 'r'; end if; end $$;
    grant usage on schema 판매 to catalog_reader; grant select on companies, reviews, low_reviews, visits, 판매."주문 목록" to catalog_reader;
    grant select (id) on half to catalog_reader; analyze companies`)
  if (mariadbMissing !== null) return
  maria = await testMariaDb()
  const { host, port, user, password, database } = maria
  admin = await mysql.createConnection({ host, port, user, password, database, multipleStatements: true })
}, 30_000)
afterAll(async () => {
  await admin?.end()
  for (const one of opened) await one.close()
  await Promise.all([postgres.close(), maria?.close()])
})

function postgresAs(account?: { user: string; password: string }): PostgresConnection {
  const url = new URL(postgres.url.replace('@/', '@socket/'))
  const host = url.searchParams.get('host') ?? ''
  const settings = account ? { host, database: url.pathname.slice(1), ...account } : { url: postgres.url }
  const connection = new PostgresConnection({ ...settings, timezone: 'Asia/Seoul' }, quietLog())
  opened.push(connection)
  return connection
}
function mariaAs(account: { user: string; password: string }): MysqlConnection {
  if (!maria) throw new Error('MariaDB is missing')
  const connection = new MysqlConnection({ ...maria, ...account, timezone: 'Asia/Seoul' }, quietLog())
  opened.push(connection)
  return connection
}
const by = (tables: readonly CatalogTable[]) => Object.fromEntries(tables.map((table) => [table.id, table]))
const columns = (table: CatalogTable | undefined) => Object.fromEntries((table?.columns ?? []).map((one) => [one.name, one]))

test('PostgreSQL: tables, types, keys, comments, relations; only what the account may read', async () => {
  const { dialect, tables } = await readPostgresCatalog(postgresAs({ user: 'catalog_reader', password: 'r' }))
  expect(dialect).toBe('postgres')
  expect(tables.map(({ id, kind }) => [id, kind])).toEqual([
    ['companies', 'table'],
    ['half', 'table'],
    ['low_reviews', 'view'],
    ['reviews', 'table'],
    ['visits', 'table'],
    ['판매.주문 목록', 'table'],
  ])
  const { companies, reviews, half, low_reviews: view, visits, '판매.주문 목록': orders } = by(tables)
  expect(companies).toMatchObject({ comment: '회사', rowEstimate: 50, schema: 'public', displayName: null, hidden: false })
  expect(view?.rowEstimate).toBeNull()
  expect(visits?.rowEstimate).toBe(0)
  expect(half?.columns.map(({ name }) => name)).toEqual(['id'])
  expect(columns(companies)).toMatchObject({
    company_id: { type: 'integer', sourceType: 'int8', primaryKey: true, indexed: true, nullable: false, personal: false },
    mobile: { type: 'text', sourceType: 'varchar', nullable: false, personal: true, indexed: false },
    grade: { type: 'text', sourceType: 'grade', values: ['bronze', "gold's"], comment: '등급: 멤버십' },
    joined: { type: 'instant' },
    logo: { type: 'bytes' },
  })
  expect(columns(reviews)).toMatchObject({
    company_id: { indexed: true, primaryKey: false },
    rating: { type: 'decimal', indexed: false },
    tags: { type: 'json' },
  })
  const toCompany = { columns: ['company_id'], to: { table: 'companies', columns: ['company_id'] } }
  expect([reviews?.relations, orders?.relations]).toEqual([
    [{ ...toCompany, origin: 'declared', toOne: true }],
    [{ ...toCompany, origin: 'declared', toOne: true }],
  ])
})

test('PostgreSQL: 2,000 tables are four statements', { timeout: 60_000 }, async () => {
  await postgres.pool.query(`create schema many; do $$ begin for n in 1..2000 loop
    execute format('create table many.t%s (id int primary key, name text, company_id int8)', n); end loop; end $$`)
  const connection = postgresAs()
  let asked = 0
  const { tables } = await readPostgresCatalog({ ask: (text) => ((asked += 1), connection.ask(text)) })
  expect(asked).toBe(4)
  expect(tables.filter(({ schema }) => schema === 'many')).toHaveLength(2000)
  expect(by(tables)['many.t77']?.columns.map(({ name, primaryKey }) => [name, primaryKey])).toEqual([
    ['id', true],
    ['name', false],
    ['company_id', false],
  ])
})

test.skipIf(mariadbMissing !== null)('MariaDB: the same, and types as its rows will have them', async () => {
  await admin?.query(`
    create table companies (company_id bigint unsigned primary key, name varchar(50) not null comment '회사 이름', mobile varchar(20),
      active tinyint(1), level tinyint unsigned, grade enum('bronze','gold''s'), fee decimal(10,2), joined timestamp null, at datetime(6), logo blob,
      flags bit(9), token binary(16), extra json) comment '회사';
    create table reviews (id int primary key auto_increment, company_id bigint unsigned, rating int, key (company_id, rating),
      foreign key (company_id) references companies (company_id));
    create table hidden_pay (id int);
    create view low_reviews as select * from reviews where rating < 3;
    insert into companies (company_id, name) select seq, 'c' from seq_1_to_30;
    analyze table companies;
    create or replace user catalog_reader@'%' identified by 'r';
    grant select on ${maria?.database}.companies to catalog_reader@'%'; grant select on ${maria?.database}.low_reviews to catalog_reader@'%';
    grant select (id, company_id) on ${maria?.database}.reviews to catalog_reader@'%'; grant insert on ${maria?.database}.hidden_pay to catalog_reader@'%'`)
  const connection = mariaAs({ user: 'catalog_reader', password: 'r' })
  const { dialect, tables } = await readMysqlCatalog(connection)
  expect(dialect).toBe('mariadb')
  expect(tables.map(({ id, kind }) => [id, kind])).toEqual([
    ['companies', 'table'],
    ['low_reviews', 'view'],
    ['reviews', 'table'],
  ])
  const { companies, reviews } = by(tables)
  expect(companies).toMatchObject({ comment: '회사', rowEstimate: 30 })
  expect(reviews?.columns.map(({ name }) => name)).toEqual(['id', 'company_id'])
  expect(columns(companies)).toMatchObject({
    company_id: { primaryKey: true, indexed: true, sourceType: 'bigint(20) unsigned' },
    name: { comment: '회사 이름', nullable: false, personal: true },
    mobile: { personal: true, comment: null, nullable: true },
    grade: { values: ['bronze', "gold's"], sourceType: 'enum' },
  })
  expect(columns(reviews)).toMatchObject({ company_id: { indexed: true } })
  const shape = await connection.describe('select c.*, upper(name) as loud from companies c')
  expect(shape.origins?.slice(0, 2)).toEqual([
    { schema: null, table: 'companies', column: 'company_id' },
    { schema: null, table: 'companies', column: 'name' },
  ])
  expect(shape.origins?.at(-1)).toBeNull()
  expect(companies?.columns.map(({ name, type }) => [name, type])).toEqual(
    shape.columns.slice(0, -1).map(({ name, type }) => [name, type]),
  )
  await admin?.query(
    `create or replace user catalog_all@'%' identified by 'r'; grant select on ${maria?.database}.* to catalog_all@'%'`,
  )
  const all = await readMysqlCatalog(mariaAs({ user: 'catalog_all', password: 'r' }))
  expect(by(all.tables).reviews?.relations).toEqual([
    { columns: ['company_id'], to: { table: 'companies', columns: ['company_id'] }, origin: 'declared', toOne: true },
  ])
})
