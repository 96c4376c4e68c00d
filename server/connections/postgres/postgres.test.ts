import { afterAll, beforeAll, expect, test } from 'vitest'
import { setQueries } from '#runtime/queries/set-queries.ts'
import type { AppError, Value } from '#runtime/sdk/index.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { PostgresConnection } from './postgres.ts'

let database: TestDatabase
let connection: PostgresConnection

beforeAll(async () => {
  database = await testDatabase({ empty: true })
  connection = new PostgresConnection({ url: database.url, timezone: 'Asia/Seoul' }, quietLog())
  await database.pool.query(`create table 리뷰 (id int primary key, company_id bigint, rating int, body text);
    insert into 리뷰 select i, i % 7, 1 + i % 5, '좋아요 ' || i from generate_series(1, 5000) i`)
})
afterAll(async () => {
  await connection.close()
  await database.close()
})

const one = async (sql: string): Promise<Value> => (await connection.query({ sql, parameters: {} })).rows[0]?.[0] ?? null
const fault = (promise: Promise<unknown>): Promise<AppError> =>
  promise.then(
    () => expect.fail('it went through'),
    (error: AppError) => error,
  )

test.each<[string, Value]>([
  ['select 9007199254740993::int8', '9007199254740993'],
  ['select 0.10::numeric', '0.10'],
  ['select 2147483647', 2147483647],
  ["select date '2026-03-01'", '2026-03-01'],
  ["select timestamp '2026-03-01 00:30:00.123456'", '2026-03-01T00:30:00.123456'],
  ["select timestamptz '2026-03-01 00:30:00.5+09'", '2026-02-28T15:30:00.5Z'],
  ["select time '23:59:59'", '23:59:59'],
  ['select true', true],
  ["select ''", ''],
  ['select null::text', null],
  [`select '{"a":[1,null]}'::jsonb`, { a: [1, null] }],
  ["select '\\x00ff'::bytea", 'AP8='],
  ["select 'NaN'::float8", 'NaN'],
])('%s', async (sql, value) => {
  expect(await one(sql)).toEqual(value)
})

test('a statement is described without running it', async () => {
  const shape = await connection.describe(
    'select id, count(*) as 개수, 1/0 as never from 리뷰 where company_id = :company_id and body like :text group by id',
  )
  expect(shape.columns.map(({ name, type }) => [name, type])).toEqual([
    ['id', 'integer'],
    ['개수', 'integer'],
    ['never', 'integer'],
  ])
  expect(shape.parameters.map(({ name, column }) => [name, column?.sourceType])).toEqual([
    ['company_id', 'int8'],
    ['text', 'text'],
  ])
})

test('errors say where', async () => {
  expect(await fault(connection.describe('select 이름\nfrom 리뷰 where x = :회사_번호 and 틀림 = 1'))).toMatchObject({
    code: 'sql-unknown-column',
    position: { line: 1, column: 8 },
  })
  expect(await fault(connection.describe('select id\nfrom 리뷰\nwhere whre id = 1'))).toMatchObject({
    code: 'sql-error',
    position: { line: 3 },
  })
})

test('a column or a table that is not there: the one that looks like it is named', async () => {
  expect(await fault(connection.describe('select id\nfrom 리뷰 r where r."companyId" = 1'))).toMatchObject({
    code: 'sql-column-like',
    fields: { column: 'r.companyId', similar: 'company_id' },
    position: { line: 2, column: 17 },
  })
  expect(await fault(connection.describe('select id from reviews'))).toMatchObject({
    code: 'sql-table-like',
    fields: { table: 'reviews', similar: '리뷰' },
  })
  expect((await fault(connection.describe('select id from xyz'))).code).toBe('sql-unknown-table')
  // A table that is not in the FROM is no table that is gone.
  expect((await fault(connection.describe('select reviews.id from 리뷰'))).code).toBe('sql-error')
})

test.each([
  'update 리뷰 set body = 1',
  'select 1; drop table 리뷰',
  'with x as (delete from 리뷰 returning 1) select * from x',
  'select 1 into y',
  'select pg_sleep(1)',
  'select * from 리뷰 for update',
  "select set_config('a.b', '1', false)",
  '',
])('%s is refused, and changes nothing', async (sql) => {
  expect((await fault(connection.query({ sql, parameters: {} }))).code).toMatch(
    /^sql-(not-a-query|several-statements|forbidden|empty)$/,
  )
  expect(await one('select count(*) from 리뷰')).toBe('5000')
})

test('a stream gives every row once, in batches', async () => {
  const stream = await connection.stream({
    sql: 'select id, body from 리뷰 where id <= :most order by id',
    parameters: { most: 4500 },
  })
  const sizes: number[] = []
  const ids = new Set<Value>()
  for await (const batch of stream) {
    sizes.push(batch.length)
    for (const [id] of batch) ids.add(id ?? null)
  }
  expect(sizes).toEqual([1000, 1000, 1000, 1000, 500])
  expect(ids.size).toBe(4500)
})

test('what is written while a stream is read is not in it: one statement, one snapshot', async () => {
  await database.pool.query('create table people (id int primary key, pad text)')
  await database.pool.query("insert into people select i * 2, repeat('x', 500) from generate_series(1, 5000) i")
  const stream = await connection.stream({ sql: 'select id from people order by id', parameters: {} }, { batchSize: 100 })
  const ids: Value[] = []
  for await (const batch of stream) {
    if (ids.length === 100) {
      // Before and behind the place that is read: paging by offset would repeat one and miss the other.
      await database.pool.query(
        'insert into people values (1), (9999); delete from people where id = 2; delete from people where id = 9000',
      )
    }
    ids.push(...batch.map(([id]) => id ?? null))
  }
  expect(ids).toEqual(Array.from({ length: 5000 }, (_, i) => (i + 1) * 2))
})

/** Of this test's own database: other files work on the same server. */
const END_READERS =
  "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'alimflow' and state <> 'idle' and datname = current_database()"

test('a connection that dies in mid-stream is no end of the result', async () => {
  const stream = await connection.stream({ sql: 'select i from generate_series(1, 200000) i', parameters: {} })
  let rows = 0
  const error = await fault(
    (async () => {
      for await (const batch of stream) {
        if (rows === 0) await database.pool.query(END_READERS)
        rows += batch.length
      }
    })(),
  )
  expect(error.code).toBe('source-broken')
  expect(rows).toBeLessThan(200_000)
})

test('a connection that dies while the reader is busy is noticed', async () => {
  const stream = await connection.stream({ sql: 'select i from generate_series(1, 200000) i', parameters: {} })
  const error = await fault(
    (async () => {
      let first = true
      for await (const _batch of stream) {
        if (!first) continue
        first = false
        await new Promise((resolve) => setTimeout(resolve, 200))
        await database.pool.query(END_READERS)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    })(),
  )
  expect(error.code).toBe('source-broken')
})

test('what is not wanted any more is cancelled on the server', async () => {
  const sql = 'select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b'
  expect(await fault(connection.query({ sql, parameters: {} }, { signal: AbortSignal.timeout(200) }))).toMatchObject({
    code: 'cancelled',
  })
  const running = async () => {
    const found = await database.pool.query(
      "select 1 from pg_stat_activity where state = 'active' and query like '%generate_series(1, 100000) b%' and pid <> pg_backend_pid()",
    )
    return found.rowCount
  }
  // The server says that it stopped a moment before it counts as idle; by itself it would go on for minutes.
  await expect.poll(running, { timeout: 3000 }).toBe(0)
})

test('a query that takes too long is stopped', async () => {
  const sql = 'select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b'
  expect(await fault(connection.query({ sql, parameters: {} }, { timeoutMs: 200 }))).toMatchObject({ code: 'sql-timeout' })
})

test('a result that is too long or too large ends with a sentence, and the connection goes on', async () => {
  const long = connection.query({ sql: 'select generate_series(1, 100001)', parameters: {} })
  expect(await fault(long)).toMatchObject({ code: 'result-too-long', fields: { rows: 100_000 } })
  const wide = connection.query({ sql: "select repeat('가', 1000000) from generate_series(1, 1000)", parameters: {} })
  expect(await fault(wide)).toMatchObject({ code: 'result-too-large', fields: { megabytes: 64 } })
  const all = await connection.query({ sql: 'select generate_series(1, 100000)', parameters: {} })
  expect(all.rows).toHaveLength(100_000)
  expect((await connection.query({ sql: 'select generate_series(1, 200000)', parameters: {} }, { maxRows: 3 })).rows).toEqual([
    [1],
    [2],
    [3],
  ])
})

test('one statement for many sets, and a count of those with more than one row', async () => {
  const sql = 'select id from 리뷰 where company_id = :company_id order by id'
  const sets = Array.from({ length: 500 }, (_, company_id) => ({ company_id }))
  const result = await setQueries.answer(connection, { sql, shape: await connection.describe(sql), sets })
  expect(result).toMatchObject({ statements: 1, strategy: 'lateral', ambiguous: 7 })
})
