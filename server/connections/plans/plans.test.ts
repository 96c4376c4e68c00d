import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setQueries } from '#runtime/queries/set-queries.ts'
import type { Value } from '#runtime/sdk/index.ts'
import { testDatabase } from '#server/test/database.ts'
import { mariadbMissing, testMariaDb } from '#server/test/mariadb.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { MysqlConnection } from '../mysql/mysql.ts'
import { PostgresConnection } from '../postgres/postgres.ts'

// Plans are the server's own: what is said about them must hold on a real one, before and after an index.

const ROWS = 30_000

interface Opened {
  readonly connection: PostgresConnection | MysqlConnection
  readonly run: (sql: string) => Promise<unknown>
  readonly analyze: string
  readonly close: () => Promise<void>
}

async function openPostgres(): Promise<Opened> {
  const database = await testDatabase({ empty: true })
  await database.pool.query('create table reviews (id int primary key, company_id int, tag text)')
  await database.pool.query(`insert into reviews select i, i % 500, 'tag' || i % 7 from generate_series(1, ${ROWS}) i`)
  const connection = new PostgresConnection({ url: database.url, timezone: 'Asia/Seoul' }, quietLog())
  return {
    connection,
    run: (sql) => database.pool.query(sql),
    analyze: 'analyze reviews',
    close: async () => {
      await connection.close()
      await database.close()
    },
  }
}

async function openMariaDb(): Promise<Opened> {
  const database = await testMariaDb()
  const { host, port, user, password, database: name } = database
  const account = { host, port, user, password, database: name }
  const writer = await mysql.createConnection(account)
  await writer.query('create table reviews (id int primary key, company_id int, tag varchar(20))')
  await writer.query(`insert into reviews select seq, seq % 500, concat('tag', seq % 7) from seq_1_to_${ROWS}`)
  const connection = new MysqlConnection({ ...account, timezone: 'Asia/Seoul' }, quietLog(), 'mariadb')
  return {
    connection,
    run: (sql) => writer.query(sql),
    analyze: 'analyze table reviews',
    close: async () => {
      await writer.end()
      await connection.close()
      await database.close()
    },
  }
}

const FIRST = 'select r.id from reviews r where r.company_id = :company_id order by r.id'
const COUNT = 'select count(*), max(id) from reviews where company_id = :company_id'
const sets: Record<string, Value>[] = Array.from({ length: 60 }, (_, company_id) => ({ company_id }))

async function answered({ connection }: Opened, sql: string) {
  return setQueries.answer(connection, { sql, shape: await connection.describe(sql), sets })
}
async function warned({ connection }: Opened, sql: string) {
  return setQueries.wholeTables?.(connection, { sql, shape: await connection.describe(sql) })
}

describe.each([
  { name: 'PostgreSQL', skip: null, open: openPostgres },
  { name: 'MariaDB', skip: mariadbMissing, open: openMariaDb },
])('$name', ({ skip, open }) => {
  let opened: Opened
  beforeAll(async () => {
    if (skip !== null) return
    opened = await open()
    await opened.run(opened.analyze)
  })
  afterAll(() => opened?.close())

  test.skipIf(skip)(
    'without an index: aggregates in one reading, and a warning for what reads all of the table per key',
    async () => {
      const whole = await warned(opened, FIRST)
      expect(whole).toMatchObject([{ table: 'reviews', way: 'all', comparedBy: ['company_id'] }])
      expect(whole?.[0]?.rows).toBeGreaterThan(ROWS * 0.8)
      expect(whole?.[0]?.rows).toBeLessThan(ROWS * 1.2)
      expect(await warned(opened, COUNT)).toEqual([])
      const { strategy, answers } = await answered(opened, COUNT)
      expect(strategy).toBe('grouped')
      expect(answers[1]).toEqual({ values: ['60', ROWS - 499] })
      expect((await answered(opened, FIRST)).strategy).not.toBe('grouped')
    },
  )

  test.skipIf(skip)('a plan tells readings, sorting and grouping, with values and without', async () => {
    const { connection } = opened
    const plan = await connection.explain({ sql: FIRST, parameters: {} })
    expect(plan).toMatchObject({ reads: [{ table: 'reviews', way: 'all' }], groups: false })
    const byKey = await connection.explain({ sql: 'select tag from reviews where id = :id', parameters: { id: 7 } })
    expect(byKey.reads[0]?.way).not.toBe('all')
    const sorted = await connection.explain({ sql: 'select tag, count(*) from reviews group by tag order by 2', parameters: {} })
    expect(sorted).toMatchObject({ sorts: true, groups: true })
    await expect(connection.explain({ sql: 'delete from reviews', parameters: {} })).rejects.toMatchObject({
      code: 'sql-not-a-query',
    })
    // Nothing was left behind in the session.
    await connection.explain({ sql: FIRST, parameters: {} })
  })

  test.skipIf(skip)('with an index: no warning, and the plan names it', async () => {
    await opened.run('create index by_company on reviews (company_id)')
    await opened.run(opened.analyze)
    expect(await warned(opened, FIRST)).toEqual([])
    const plan = await opened.connection.explain({ sql: FIRST, parameters: {} })
    expect(plan.reads).toMatchObject([{ table: 'reviews', index: 'by_company' }])
  })
})
