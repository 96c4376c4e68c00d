import { randomUUID } from 'node:crypto'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { mariadbMissing, testMariaDb, type TestMySqlDatabase } from '#server/test/mariadb.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { MysqlConnection } from './mysql/mysql.ts'
import { probeMysql, writesIn } from './mysql/probe.ts'
import { PostgresConnection } from './postgres/postgres.ts'
import { probePostgres } from './postgres/probe.ts'

const word = randomUUID().slice(0, 8)
let postgres: TestDatabase
let maria: TestMySqlDatabase | undefined
let admin: mysql.Connection

beforeAll(async () => {
  postgres = await testDatabase({ empty: true })
  if (mariadbMissing) return
  maria = await testMariaDb()
  admin = await mysql.createConnection({ ...maria, multipleStatements: true })
}, 30_000)
afterAll(async () => {
  await admin?.end()
  await Promise.all([postgres.close(), maria?.close()])
})

async function asRole(role: string) {
  const url = new URL(postgres.url.replace('@/', '@socket/'))
  const settings = { host: url.searchParams.get('host') ?? '', database: url.pathname.slice(1), timezone: 'Asia/Seoul' }
  const connection = new PostgresConnection({ ...settings, user: role, password: 'r' }, quietLog())
  try {
    return await probePostgres(connection, 'x')
  } finally {
    await connection.close()
  }
}

test('PostgreSQL: which tables, how many of them, columns, schemas, attributes, and what a role could become', async () => {
  const [clerk, writer] = [`clerk_${word}`, `writer_${word}`]
  await postgres.pool.query(`
    create schema "영업"; create table "영업"."주문" (id int, memo text); create table a (id int); create table b (id int); create table c (id int);
    create role ${clerk} login noinherit createdb password 'r'; create role ${writer};
    grant select on all tables in schema public to ${clerk}; grant usage, create on schema "영업" to ${clerk};
    grant select, update (memo) on "영업"."주문" to ${clerk}; grant insert, delete on a, b to ${clerk};
    grant insert on c to ${writer}; grant ${writer} to ${clerk}`)
  const { writes, tables, grants } = await asRole(clerk)
  expect(writes).toEqual([
    { rights: ['INSERT', 'DELETE'], on: 'public: a, b', tables: { count: 2, of: 3 } },
    { rights: ['UPDATE'], on: '영업.*', tables: { count: 1, of: 1 } },
    { rights: ['CREATE'], on: 'schema 영업', tables: null },
    { rights: ['CREATEDB'], on: `role ${clerk}`, tables: null },
    { rights: ['MEMBER'], on: `role ${writer}`, tables: null },
  ])
  expect(tables).toBe(4)
  expect(grants).toContain('GRANT SELECT ON ALL TABLES IN SCHEMA "영업" TO alimflow_reader;')
})

test('PostgreSQL: the lines to copy make an account that reads everything and can write nothing', async () => {
  const reader = `reader_${word}`
  const { grants } = await asRole(`clerk_${word}`)
  await postgres.pool.query((grants ?? '').replaceAll('alimflow_reader', reader).replace('choose-a-password', 'r'))
  expect(await asRole(reader)).toMatchObject({ writes: [], tables: 4 })
  await postgres.pool.query(`drop owned by ${reader}, clerk_${word}, writer_${word}`)
  await postgres.pool.query(`drop role ${reader}, clerk_${word}, writer_${word}`)
})

test.skipIf(mariadbMissing !== null)(
  'MariaDB: which rights on what, also by a role; the lines to copy make a reader',
  async () => {
    const { host, port, database } = maria as TestMySqlDatabase
    const [clerk, role, reader] = [`clerk_${word}`, `role_${word}`, `reader_${word}`]
    const factsOf = async (user: string, password: string) => {
      const connection = new MysqlConnection({ host, port, database, user, password, timezone: '+09:00' }, quietLog())
      return probeMysql(connection, database).finally(() => connection.close())
    }
    await admin.query(`create table a (id int, memo text); create table b (id int); create view v as select id from a;
    create user ${clerk}@'%' identified by 'r'; grant select, insert, update on ${database}.* to ${clerk}@'%'; grant update (memo, id) on a to ${clerk}@'%';
    create role ${role}; grant delete on ${database}.b to ${role}; grant ${role} to ${clerk}@'%'; set default role ${role} for ${clerk}@'%'`)
    const { writes, tables, grants } = await factsOf(clerk, 'r')
    expect(writes).toHaveLength(3)
    expect(writes).toEqual(
      expect.arrayContaining([
        { rights: ['INSERT', 'UPDATE'], on: `${database}.*`, tables: null },
        { rights: [expect.stringMatching(/^UPDATE \((memo, id|id, memo)\)$/)], on: `${database}.a`, tables: null },
        { rights: ['DELETE'], on: `${database}.b`, tables: null },
      ]),
    )
    expect(tables).toBe(3)
    await admin.query((grants ?? '').replaceAll('alimflow_reader', reader).replace('choose-a-password', 'r'))
    expect(await factsOf(reader, 'r')).toMatchObject({ writes: [], tables: 3 })
    await admin.query(`drop user ${clerk}@'%', ${reader}@'%'; drop role ${role}`)
  },
)

test('what MySQL writes in its grants', () => {
  expect(
    writesIn([
      "GRANT USAGE ON *.* TO `a`@`%` IDENTIFIED BY PASSWORD '*X'",
      'GRANT SELECT, EXECUTE, SHOW VIEW ON `shop`.* TO `a`@`%`',
      'GRANT SELECT (`a`, `b`), INSERT (`a`) ON `shop`.`to` TO `a`@`%`',
      'GRANT FILE, PROCESS, SUPER ON *.* TO `a`@`%` WITH GRANT OPTION',
      'GRANT `writer`@`%` TO `a`@`%`',
      "GRANT PROXY ON ''@'' TO 'root'@'localhost' WITH GRANT OPTION",
    ]),
  ).toEqual([
    { rights: ['INSERT (a)'], on: 'shop.to', tables: null },
    { rights: ['FILE', 'SUPER', 'GRANT OPTION'], on: '*.*', tables: null },
  ])
})
