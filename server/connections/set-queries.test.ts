import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setQueries } from '#runtime/queries/set-queries.ts'
import type { SqlConnection, Value } from '#runtime/sdk/index.ts'
import { testDatabase } from '#server/test/database.ts'
import { hasMysql, mariadbMissing, testMariaDb, testMySql, type TestMySqlDatabase } from '#server/test/mariadb.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { MysqlConnection } from './mysql/mysql.ts'
import { PostgresConnection } from './postgres/postgres.ts'

// The set-based form of a variable query must say exactly what asking once per recipient says, on every server.

interface Server {
  readonly name: string
  readonly skip: string | null
  readonly open: () => Promise<{ connection: SqlConnection & { close(): Promise<void> }; readonly close: () => Promise<void> }>
}

const ROWS = Array.from({ length: 60 }, (_, i) => {
  const tag = ['가', 'a', 'A', 'ä'][i % 4] ?? ''
  return `(${i}, ${i % 7 === 6 ? 'null' : i % 7}, ${1 + (i % 5)}, '${tag}')`
}).join(', ')

const table = (text: string) =>
  [
    `create table reviews (id int primary key, company_id int, rating int, tag ${text})`,
    `insert into reviews values ${ROWS}`,
  ] as const

async function openMysql(database: TestMySqlDatabase, dialect: 'mysql' | 'mariadb') {
  const { host, port, user, password, database: name } = database
  const writer = await mysql.createConnection({ host, port, user, password, database: name, charset: 'utf8mb4' })
  // A collation that is neither the server's nor the session's: a joined parameter would mix with it.
  for (const statement of table('varchar(20) character set utf8mb4 collate utf8mb4_bin')) await writer.query(statement)
  await writer.end()
  const connection = new MysqlConnection(
    { host, port, user, password, database: name, timezone: 'Asia/Seoul' },
    quietLog(),
    dialect,
  )
  return {
    connection,
    close: async () => {
      await connection.close()
      await database.close()
    },
  }
}

const servers: Server[] = [
  {
    name: 'PostgreSQL',
    skip: null,
    open: async () => {
      const database = await testDatabase({ empty: true })
      for (const statement of table('text collate "C"')) await database.pool.query(statement)
      const connection = new PostgresConnection({ url: database.url, timezone: 'Asia/Seoul' }, quietLog())
      return {
        connection,
        close: async () => {
          await connection.close()
          await database.close()
        },
      }
    },
  },
  { name: 'MariaDB', skip: mariadbMissing, open: async () => openMysql(await testMariaDb(), 'mariadb') },
  ...(hasMysql ? [{ name: 'MySQL', skip: null, open: async () => openMysql(await testMySql(), 'mysql') }] : []),
]

const numbers: Record<string, Value>[] = [0, 1, 3, 5, 99, null, 6].map((company_id) => ({ company_id }))
const texts: Record<string, Value>[] = ['가', 'a', 'A', 'ä', 'z', '', null, "'; --"].map((tag) => ({ tag }))

const cases: readonly (readonly [name: string, sql: string, sets: Record<string, Value>[]])[] = [
  [
    'an aggregate, NULL and no row',
    'select count(*) as n, sum(rating) as total from reviews where company_id = :company_id',
    numbers,
  ],
  ['no row for some', 'select id from reviews where company_id = :company_id and id > 50 order by id', numbers],
  [
    'several rows: the first by its own order',
    'select id, rating from reviews where company_id = :company_id order by rating desc, id desc',
    numbers,
  ],
  ['a limit and an offset', 'select id from reviews where company_id = :company_id order by id limit 1 offset 2', numbers],
  ['two columns of one name', 'select id, rating as id from reviews where company_id = :company_id order by 1', numbers],
  ['text keys of another collation', 'select count(*) as n from reviews where tag = :tag', texts],
  ['text keys, first row', 'select id, tag from reviews where tag = :tag order by id', texts],
  ['a key used twice', 'select max(id) as last from reviews where company_id = :company_id or rating = :company_id', numbers],
  ['a comment at the end', 'select min(id) as first from reviews where company_id = :company_id -- the first', numbers],
]

/** What asking once per recipient says. */
async function oneByOne(connection: SqlConnection, sql: string, sets: readonly Record<string, Value>[]) {
  const answers: unknown[] = []
  for (const parameters of sets) {
    try {
      answers.push((await connection.query({ sql, parameters }, { maxRows: 1 })).rows[0] ?? null)
    } catch {
      answers.push('failed')
    }
  }
  return answers
}

async function together(connection: SqlConnection, sql: string, sets: readonly Record<string, Value>[]) {
  const { answers, ...rest } = await setQueries.answer(connection, { sql, shape: await connection.describe(sql), sets })
  return { ...rest, answers: answers.map((answer) => (answer === null ? null : 'error' in answer ? 'failed' : answer.values)) }
}

describe.each(servers)('$name', ({ skip, open }) => {
  let opened: Awaited<ReturnType<Server['open']>>
  beforeAll(async () => {
    if (skip === null) opened = await open()
  })
  afterAll(() => opened?.close())

  test.skipIf(skip).each(cases)('%s', async (_name, sql, sets) => {
    const { connection } = opened
    expect((await together(connection, sql, sets)).answers).toEqual(await oneByOne(connection, sql, sets))
  })

  test.skipIf(skip)('an error of one set fails that set only', async () => {
    const { connection } = opened
    const division =
      connection.dialect === 'postgres'
        ? 'select 12 / (:company_id::int - 3) as x'
        : 'select (select id from reviews r where r.company_id = :company_id or :company_id = 0) as x'
    const sets = connection.dialect === 'postgres' ? [1, 3, 5] : [99, 0, null]
    const given = sets.map((company_id) => ({ company_id }))
    const { answers } = await together(connection, division, given)
    expect(answers).toEqual(await oneByOne(connection, division, given))
    expect(answers.filter((answer) => answer === 'failed')).toHaveLength(1)
  })

  test.skipIf(skip)('sets with more than one row are counted, in the way that the server can', async () => {
    const { connection } = opened
    const { ambiguous, strategy } = await together(connection, 'select id from reviews where company_id = :company_id', numbers)
    // MariaDB has no lateral joins.
    expect(strategy).toBe(connection.dialect === 'mariadb' ? 'each' : 'lateral')
    // 0, 1, 3 and 5 have several rows; 99, NULL and 6 have none.
    expect(ambiguous).toBe(4)
  })
})
