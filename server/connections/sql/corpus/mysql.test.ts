import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mariadbMissing } from '#server/test/mariadb.ts'
import { startMariaDb } from '#server/test/mariadb-server.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { MysqlConnection } from '../../mysql/mysql.ts'
import { attack } from './attack.ts'
import { readCorpus } from './read-corpus.ts'

const out = mkdtempSync(join(tmpdir(), 'alimflow-out-'))
let server: Awaited<ReturnType<typeof startMariaDb>>
let admin: mysql.Connection
let before: unknown
let connection: MysqlConnection

const SETUP = [
  'create database corpus character set utf8mb4',
  'use corpus',
  'create table victim (id int primary key, name varchar(50), note varchar(50))',
  "insert into victim select seq, concat('n', seq), 'x' from seq_1_to_3",
  'create sequence counter',
  "create function sneaky() returns int modifies sql data begin insert into victim values (99, 'x', 'x'); return 1; end",
  'create function calm(s float) returns int reads sql data return sleep(s)',
  'create function outer_calm(s float) returns int return calm(s)',
  'create function setter() returns int begin set global max_connections = 77; return 1; end',
  `create function filer() returns int begin select 1 into outfile '${out}/my-filer'; return 1; end`,
  "create function holder() returns int no sql return get_lock('stolen', 0)",
  'create function `count`(i int) returns int return sleep(2)',
  "set sql_mode = 'ORACLE'",
  'create package pack as function f return int; end',
  'create package body pack as function f return int as begin return sleep(2); end; end',
  'set sql_mode = default',
  'create view sleepy as select sleep(2) as s',
  'create view sleepier as select * from sleepy',
  'create procedure wipe() delete from victim',
  'create table companies (id int primary key, name varchar(50), plan varchar(20), score int, joined datetime, data json)',
  `insert into companies select seq, concat('가게', seq), if(seq % 2, 'free', 'pro'), seq, '2026-01-01', '{"city": "Seoul", "tags": ["a", "b"]}' from seq_1_to_5`,
  'create table reviews (id int primary key, company_id int, rating int)',
  'insert into reviews select seq, seq, 3 from seq_1_to_5',
  'create table 손님 (번호 int, 이름 varchar(50), 별점 int, `가입한 날` date)',
  "insert into 손님 values (1, '김하나', 5, '2026-01-01')",
  'create table words (id int, `sleep` int, `into` int, `delete` int, `update` int, nextval int, benchmark int, 1st int)',
  'insert into words values (1, 1, 1, 1, 1, 1, 1, 1)',
  'create table texts (name varchar(20), body text, fulltext (body))',
  "insert into texts values ('a', '배송빠름 좋아요')",
  'create table versioned (id int) with system versioning',
  'insert into versioned values (1)',
  'create view summary as select plan, count(*) as n from companies group by plan',
  "create function tier(i int) returns varchar(20) reads sql data begin declare r int; select rating into r from reviews where id = i; return if(r > 3, '단골; delete', 'update'); end",
  "create function clean_phone(t varchar(50)) returns varchar(50) deterministic return replace(t, '-', '')",
  'create function values_of(i int) returns int deterministic begin set @last_value = i; return i; end',
  'do nextval(counter)',
]

beforeAll(async () => {
  if (mariadbMissing) return
  chmodSync(out, 0o777)
  // One of its own: what is tried here would disturb others, and it reads quotes in another way than the guard does.
  server = await startMariaDb()
  admin = await mysql.createConnection({ host: '127.0.0.1', port: server.port, user: 'root', multipleStatements: false })
  for (const sql of SETUP) await admin.query(sql)
  await admin.query("set global sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,ORACLE,IGNORE_SPACE,PIPES_AS_CONCAT'")
  const settings = { host: '127.0.0.1', port: server.port, database: 'corpus', user: 'root', password: '', timezone: '+09:00' }
  connection = new MysqlConnection(settings, quietLog())
  before = await state()
}, 60_000)
afterAll(async () => {
  await connection?.close()
  await admin?.end()
  await server?.stop()
  rmSync(out, { recursive: true, force: true })
})

const here = test.skipIf(mariadbMissing !== null)

async function state(): Promise<unknown> {
  const ask = async (sql: string) => (await admin.query(sql))[0]
  return [
    await ask('select * from victim order by id'),
    await ask('show full tables'),
    await ask('select previous value for counter, next_not_cached_value from counter'),
    await ask("select is_used_lock('stolen'), @@global.max_connections, @@global.sql_mode"),
    await ask("select routine_name from information_schema.routines where routine_schema = 'corpus'"),
    await ask('select user, host from mysql.user'),
    readdirSync(out),
  ]
}

const unchanged = async (): Promise<void> => expect(await state()).toEqual(before)

here.each(readCorpus('attacks-mysql.sql', { OUT: out, DB: 'corpus' }))('$title', async ({ sql }) => {
  await attack(connection, sql, unchanged)
})

here.each(readCorpus('honest-mysql.sql'))('honest: $title', async ({ sql }) => {
  const parameters = { id: 2, 이름: 'x', plan: 'pro' }
  const used = Object.fromEntries(Object.entries(parameters).filter(([name]) => sql.includes(`:${name}`)))
  const { rows, columns } = await connection.query({ sql, parameters: used })
  expect(columns.length).toBeGreaterThan(0)
  expect(rows.length).toBeGreaterThan(0)
})

here('deep brackets are refused before a server sees them', async () => {
  for (const [open, close] of [
    ['(', ')'],
    ['(select ', ')'],
  ] as const) {
    expect(await attack(connection, `select ${open.repeat(20_000)}1${close.repeat(20_000)}`, unchanged)).toBe(true)
  }
})

here('a statement that is too long is not judged', async () => {
  const sql = `select '${'x'.repeat(300_000)}'`
  await expect(connection.query({ sql, parameters: {} })).rejects.toMatchObject({ code: 'sql-too-long' })
})
