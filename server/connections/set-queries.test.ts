import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canGroup, groupedStatement, groupedWay } from '#runtime/queries/ways.ts'
import { asDescribed, setQueries } from '#runtime/queries/set-queries.ts'
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

/** Keys of every kind that two of them may be equal in: case, spaces at the end, zeros at the end, accents, Korean letters in two forms. */
const KEYS = ['a', 'A', 'a ', 'ä', 'b', '가', '\u1100\u1161', 'ㄱ', '', 'ss', 'ß', 'I', 'ı']
const moreTables = (dialect: 'postgres' | 'mysql'): string[] => {
  const postgres = dialect === 'postgres'
  const texts = postgres
    ? ['text', 'text', 'char(4)', 'varchar(20)']
    : [
        'varchar(20) character set utf8mb4 collate utf8mb4_general_ci',
        'varchar(20) character set utf8mb4 collate utf8mb4_unicode_ci',
        'char(20) character set utf8mb4 collate utf8mb4_bin',
        'varchar(20) character set utf8mb3 collate utf8mb3_general_ci',
      ]
  const rows = KEYS.flatMap((key, i) =>
    Array.from({ length: 3 }, (_, n) => {
      const at = i * 3 + n
      const date = `2026-0${1 + (at % 4)}-10`
      return `(${at}, '${key}', '${key}', '${key}', '${key}', ${at % 5}.${(at % 3) * 5}0, '${date}', 9007199254740${at % 3 === 0 ? '992' : '993'}, ${at % 2}, ${at / 4})`
    }),
  )
  return [
    `create table orders (id int primary key, t0 ${texts[0]}, t1 ${texts[1]}, t2 ${texts[2]}, t3 ${texts[3]}, price decimal(10,2), day date, big bigint, shop int, weight ${postgres ? 'float8' : 'double'})`,
    `insert into orders values ${rows.join(', ')}`,
    'create table shops (id int primary key, name varchar(20), big bigint)',
    "insert into shops values (0, 'north', 9007199254740993), (1, 'south', null), (2, 'empty', 5)",
  ]
}

async function openMysql(database: TestMySqlDatabase, dialect: 'mysql' | 'mariadb') {
  const { host, port, user, password, database: name } = database
  const writer = await mysql.createConnection({ host, port, user, password, database: name, charset: 'utf8mb4' })
  // A collation that is neither the server's nor the session's: a joined parameter would mix with it.
  for (const statement of [...table('varchar(20) character set utf8mb4 collate utf8mb4_bin'), ...moreTables('mysql')])
    await writer.query(statement)
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
      for (const statement of [...table('text collate "C"'), ...moreTables('postgres')]) await database.pool.query(statement)
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

const keys: Record<string, Value>[] = [...KEYS, 'A ', '없음', '가'.repeat(300), null].map((k) => ({ k }))
const prices: Record<string, Value>[] = ['1.5', '1.50', '2.00', 2, '2', '0.0', '9.99', null, '01.50', ' 2', '2abc'].map((k) => ({
  k,
}))
const days: Record<string, Value>[] = ['2026-01-10', '2026-02-10', '2026-1-10', '2026-02-31', '2027-01-01', null].map((k) => ({
  k,
}))
const bigs: Record<string, Value>[] = ['9007199254740993', '9007199254740992', '5', '05', null].map((k) => ({ k }))
const shops: Record<string, Value>[] = [0, 1, '1', 2, 7, null].map((k) => ({ k }))
const pairs: Record<string, Value>[] = [0, 1, null].flatMap((shop) => ['a', 'A', '가', null].map((k) => ({ k, shop })))

/** Those that one GROUP BY may answer; the others stand beside them to show that they are left alone. */
const aggregates: readonly (readonly [name: string, sql: string, sets: Record<string, Value>[]])[] = [
  [
    'count, sum, avg, min, max',
    'select count(*), count(rating), sum(rating), avg(rating), min(rating), max(id) from reviews where company_id = :company_id',
    numbers,
  ],
  [
    'constants and what is around',
    'select coalesce(sum(rating), 0) as total, 5, -1.5, null, round(avg(rating), 1) * 2 as twice from reviews where :company_id = company_id',
    numbers,
  ],
  [
    'names that repeat',
    'select count(*) as n, max(id) as n, min(company_id) as company_id from reviews where company_id = :company_id',
    numbers,
  ],
  [
    'more conditions',
    "select count(*) from reviews r where (rating > 2 or tag = 'a') and r.company_id = :company_id and id between 3 and 50 and not rating = 4",
    numbers,
  ],
  ['between and its and', 'select count(*) from reviews where id between 0 and 40 and company_id = :company_id', numbers],
  ['text keys: one collation', 'select count(*), min(id) from orders where t0 = :k', keys],
  ['text keys: another', 'select count(*), max(id) from orders where t1 = :k', keys],
  ['text keys of a fixed length', 'select count(*), sum(id) from orders where t2 = :k', keys],
  ['text keys: a third', 'select count(*), sum(id) from orders where t3 = :k', keys],
  ['decimals', 'select count(*), sum(price), avg(price) from orders where price = :k', prices.slice(0, 8)],
  ['decimals written in other ways', 'select count(*), sum(price) from orders where price = :k', prices],
  ['dates', 'select count(*), min(day), max(day) from orders where day = :k', days],
  ['long numbers', 'select count(*), min(big), max(big) from orders where big = :k', bigs],
  ['a join', 'select count(*), max(s.id) from orders o join shops s on s.id = o.shop where s.id = :k', shops],
  [
    'an outer join',
    'select count(*), count(o.id) from shops s left join orders o on o.shop = s.id and o.id < 9 where s.id = :k',
    shops,
  ],
  ['several keys', 'select count(*), sum(o.price) from orders o where o.t0 = :k and o.shop = :shop', pairs],
  ['texts of several rows, with their own order', '{concat}', shops],
  ['distinct inside', 'select count(distinct t0), sum(distinct price) from orders where shop = :k', shops],
  ['binary fractions', 'select sum(weight), avg(weight) from orders where shop = :k', shops],
  ['or', 'select count(*) from orders where shop = :k or id = 3', shops],
  ['a limit', 'select count(*) from orders where shop = :k limit 1', shops],
  ['having', 'select count(*) from orders where shop = :k having count(*) > 5', shops],
  ['group by', 'select count(*) from orders where shop = :k group by day order by day', shops],
  ['union', 'select count(*) from orders where shop = :k union all select count(*) from shops', shops],
  [
    'a subquery with the parameter',
    'select count(*) from orders where id in (select o.id from orders o where o.shop = :k)',
    shops,
  ],
  ['a condition of a join', 'select count(*), count(o.id) from shops s left join orders o on o.shop = s.id and o.id = :k', shops],
  ['no aggregate', 'select 5 from orders where shop = :k', shops],
]

/** Those that GROUP BY answers, where the server's plan for it is cheaper. */
const GROUPED = new Set(
  aggregates
    .map(([name]) => name)
    .slice(
      0,
      aggregates.findIndex(([name]) => name === 'binary fractions'),
    ),
)

const CONCAT = {
  postgres: "select string_agg(t0, ',' order by id) from orders where shop = :k",
  mysql: "select group_concat(t0 order by id separator ',') from orders where shop = :k",
  mariadb: "select group_concat(t0 order by id separator ',') from orders where shop = :k",
}

/** The same connection, whose plans say that everything is cheaper than what was asked before. */
function cheap(connection: SqlConnection): SqlConnection {
  let cost = 1_000_000
  const explain = () => Promise.resolve({ reads: [], sorts: false, groups: true, rows: 1, cost: (cost /= 1000) })
  return {
    dialect: connection.dialect,
    zones: () => connection.zones(),
    describe: (sql) => connection.describe(sql),
    query: (...asked) => connection.query(...asked),
    stream: (...asked) => connection.stream(...asked),
    explain,
  }
}

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

  test.skipIf(skip).each(aggregates)('aggregates: %s', async (name, given, sets) => {
    const { connection } = opened
    const sql = given === '{concat}' ? CONCAT[connection.dialect] : given
    const expected = await oneByOne(connection, sql, sets)
    expect((await together(connection, sql, sets)).answers).toEqual(expected)
    // Also where the server's plan would have chosen another way.
    const shape = await connection.describe(sql)
    const way = await groupedWay({ connection: cheap(connection), sql, shape, signal: undefined }, sets)
    expect(way !== null).toBe(GROUPED.has(name))
    if (!way) return
    const fitting = sets.filter((set, i) => canGroup(way, set) && expected[i] !== 'failed')
    const statement = groupedStatement(way, shape, fitting)
    const { rows } = await connection.query(statement ?? { sql, parameters: {} })
    const answers = fitting.map((_, n) =>
      asDescribed(rows.find(([at]) => Number(at) === n)?.slice(1) ?? way.nothing, shape.columns),
    )
    expect(answers).toEqual(await oneByOne(connection, sql, fitting))
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
