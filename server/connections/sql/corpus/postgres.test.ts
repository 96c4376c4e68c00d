import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { PostgresConnection } from '../../postgres/postgres.ts'
import { attack } from './attack.ts'
import { readCorpus } from './read-corpus.ts'

const out = mkdtempSync(join(tmpdir(), 'alimflow-out-'))
let database: TestDatabase
let before: unknown
let connection: PostgresConnection
let listener: pg.Client
let heard = 0

const SETUP = String.raw`
create table victim (id int primary key, name text, note text);
insert into victim select i, 'n' || i, 'x' from generate_series(1, 3) i;
create sequence counter;
create materialized view kept as select 1 as one;
create function sneaky() returns int language plpgsql as $f$ begin insert into victim values (99, 'x', 'x'); return 1; end $f$;
create function sneaky_row(victim) returns int language plpgsql as $f$ begin perform pg_notify('stolen', 'x'); return 1; end $f$;
create function calm(s float) returns int language plpgsql stable as $f$ begin perform pg_sleep(s); return 1; end $f$;
create function outer_calm(s float) returns int language sql immutable as $f$ select calm(s) $f$;
create function atomic_calm() returns int language sql stable begin atomic select calm(2); end;
create function spoken(t text) returns int language plpgsql stable as $f$ begin execute t; return 1; end $f$;
create function spoken_in_brackets(t text) returns int language plpgsql stable as $f$ begin execute(t); return 1; end $f$;
create function calm2(a int, b int) returns int language sql as $f$ select calm(2) $f$;
create operator ### (function = calm2, leftarg = int, rightarg = int);
create type odd as (a int);
create function calm_odd(odd) returns int language sql as $f$ select calm(2) $f$;
create cast (odd as int) with function calm_odd(odd);
create domain careful as int check (calm(2) = value);
create function lazy(a int default calm(2)) returns int language sql as $f$ select a $f$;
create type holder as (a int, b careful);
create aggregate slow_sum (int) (sfunc = calm2, stype = int, initcond = '0');
create view sleepy as select pg_sleep(2)::text as s;
create view sleepier as select * from sleepy;
create procedure wipe() language sql as $f$ delete from victim $f$;

create table companies (id int primary key, name text, plan text, score int, joined timestamp, data jsonb);
insert into companies select i, '가게' || i, case i % 2 when 0 then 'pro' else 'free' end, i, '2026-01-01', '{"city": "Seoul", "tags": ["a", "b"]}' from generate_series(1, 5) i;
create table reviews (id int primary key, company_id int, rating int);
insert into reviews select i, i, 3 from generate_series(1, 5) i;
create table 손님 (번호 int, 이름 text, 별점 int, "가입한 날" date);
insert into 손님 values (1, '김하나', 5, '2026-01-01');
create table words (id int, "sleep" int, "into" int, "delete" int, "update" int, nextval int, dblink int);
insert into words values (1, 1, 1, 1, 1, 1, 1);
create view summary as select plan, count(*) as n from companies group by plan;
create function tier(i int) returns text language sql as $f$ select case when rating > 3 then '단골; delete' else 'update' end from reviews where id = i $f$;
create function tier_of(c companies) returns text language sql as $f$ select tier(c.id) $f$;
create function clean_phone(t text) returns text language plpgsql immutable as $f$ declare r text; begin -- drop what is no digit
  r := regexp_replace(t, '\D', '', 'g'); return r; end $f$;
create function insert_word(t text) returns text language sql immutable return t || ' into';
create function digest_free(t text) returns text language sql as $f$ select md5(t) $f$;
create function apart(a int, b int) returns boolean language sql immutable as $f$ select a <> b $f$;
create operator <<>> (function = apart, leftarg = int, rightarg = int);
create domain positive as int check (value > 0);
select setval('counter', 5);`

beforeAll(async () => {
  chmodSync(out, 0o777)
  database = await testDatabase({ empty: true })
  // The guard must not be misled by how a database reads backslashes.
  await database.pool.query(`${SETUP}
    do $do$ begin execute format('alter database %I set standard_conforming_strings = off', current_database()); end $do$`)
  listener = new pg.Client(database.url)
  await listener.connect()
  listener.on('notification', () => heard++)
  await listener.query('listen stolen')
  connection = new PostgresConnection({ url: database.url, timezone: 'Asia/Seoul' }, quietLog())
  before = await state()
})
afterAll(async () => {
  await connection?.close()
  await listener?.end()
  await database?.close()
  rmSync(out, { recursive: true, force: true })
})

/** What an attack could have changed. Roles, locks and slots are the whole server's, which other tests use at the same time: only what an attack names counts. */
async function state(): Promise<unknown> {
  const { rows } = await database.pool.query(`select
    (select jsonb_agg(v order by id) from victim v) as rows,
    (select string_agg(relname, ' ' order by relname) from pg_class where relname !~ '^pg_') as relations,
    (select string_agg(proname, ' ' order by proname) from pg_proc where pronamespace = 'public'::regnamespace) as functions,
    (select count(*) from pg_roles where rolname = 'stolen') as roles,
    (select last_value from counter) as counter, (select count(*) from pg_largeobject_metadata) as objects,
    (select count(*) from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and d.datname = current_database()) as locks,
    (select count(*) from pg_replication_slots where slot_name = 'stolen') as slots,
    (select count(*) from pg_prepared_statements) as prepared, (select relacl::text from pg_class where relname = 'victim') as rights`)
  return { ...rows[0], files: readdirSync(out), heard }
}

const unchanged = async (): Promise<void> => expect(await state()).toEqual(before)

test.each(readCorpus('attacks-postgres.sql', { OUT: out }))('$title', async ({ sql }) => {
  await attack(connection, sql, unchanged)
})

test('what is set for one query is not set for the session', async () => {
  expect((await connection.ask('show standard_conforming_strings'))[0]).toEqual(['off'])
})

test.each(readCorpus('honest-postgres.sql'))('honest: $title', async ({ sql }) => {
  const parameters = { id: 2, 이름: 'x', plan: 'pro' }
  const used = Object.fromEntries(Object.entries(parameters).filter(([name]) => sql.includes(`:${name}`)))
  const { rows, columns } = await connection.query({ sql, parameters: used })
  expect(columns.length).toBeGreaterThan(0)
  if (!/tablesample/.test(sql)) expect(rows.length).toBeGreaterThan(0)
})

test.each([1_000, 20_000])('%i levels are refused or read, and the next query is read as ever', async (levels) => {
  for (const [open, close] of [
    ['(', ')'],
    ['(select ', ')'],
    ['not ', ''],
    ["'a' || ", ''],
  ] as const) {
    await attack(
      connection,
      `select ${open.repeat(levels)}${open.startsWith("'") ? "'a'" : 'true'}${close.repeat(levels)}`,
      unchanged,
    )
  }
  expect((await connection.query({ sql: 'select 1', parameters: {} })).rows).toEqual([[1]])
})

test('a statement that is too long is not even parsed', async () => {
  const sql = `select '${'x'.repeat(300_000)}'`
  await expect(connection.query({ sql, parameters: {} })).rejects.toMatchObject({ code: 'sql-too-long' })
})
