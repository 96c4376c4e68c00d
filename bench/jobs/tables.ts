import mysql from 'mysql2/promise'
import pg from 'pg'
import { builtInNodes } from '#nodes/all.ts'
import { noInner } from '#runtime/inner/inner-workflows.ts'
import { noLists } from '#runtime/no-lists.ts'
import { preview } from '#runtime/preview/preview.ts'
import { setQueries } from '#runtime/queries/set-queries.ts'
import { tableQueries } from '#runtime/queries/visual/table-queries.ts'
import { createRegistry } from '#runtime/registry.ts'
import type { Log, SqlConnection } from '#runtime/sdk/index.ts'
import { readMysqlCatalog } from '#server/connections/mysql/catalog.ts'
import { MysqlConnection } from '#server/connections/mysql/mysql.ts'
import { readPostgresCatalog } from '#server/connections/postgres/catalog.ts'
import { PostgresConnection } from '#server/connections/postgres/postgres.ts'
import { startTemporary } from '#server/database/embedded/temporary.ts'
import { startMariaDb } from '#server/test/mariadb-server.ts'
import type { Line } from '../report.ts'
import { quantile, spread } from '../stats.ts'

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} }
const PEOPLE = 20
const BAR_MS = 300
const zone = 'Asia/Seoul'

const asking = (...more: object[]) => ({
  table: 'customers',
  columns: ['id', 'name', 'phone'].map((column) => ({ column, as: column })),
  conditions: { join: 'all', items: [{ column: 'plan', is: 'equals', value: 'pro' }, ...more] },
})
/** Whose shop got a review below 3 in the last 7 days, as a person puts it together. */
const withReviews = asking({
  match: 'some',
  along: [{ columns: ['company_id'], to: { table: 'reviews', columns: ['company_id'] } }],
  where: {
    join: 'all',
    items: [
      { column: 'rating', is: 'below', value: '3' },
      { column: 'created_at', is: 'within', range: { in: 'last', count: 7, unit: 'day' } },
    ],
  },
})
const SINCE = 'current_date - interval {7}'
/** Each question, and the same by hand. */
const QUESTIONS = [
  { name: 'one condition', query: asking(), byHand: `select id, name, phone from customers where plan = 'pro' limit ${PEOPLE}` },
  {
    name: 'and related rows',
    query: withReviews,
    byHand: `select id, name, phone from customers c where plan = 'pro' and exists (select 1 from reviews r
      where r.company_id = c.company_id and r.rating < 3 and r.created_at >= ${SINCE}) limit ${PEOPLE}`,
  },
]
type Question = (typeof QUESTIONS)[number]

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, position: { x: 0, y: 0 }, config })
const documentOf = ({ query }: Question) => ({
  schemaVersion: 1,
  name: 'bench',
  nodes: [node('start', 'manual-trigger', {}), node('people', 'table-source', { connection: 'shop', query })],
  edges: [{ id: 'e', source: 'start', sourcePort: 'start', target: 'people', targetPort: 'start' }],
})

type Catalog = Awaited<ReturnType<typeof readPostgresCatalog>>
interface Shop {
  readonly name: string
  readonly connection: SqlConnection & { close(): Promise<void> }
  readonly catalog: Catalog
  readonly byHand: (sql: string) => Promise<unknown>
  readonly close: () => Promise<void>
}

/** A preview of a step that picks people from 1,000,000 of them with an index, beside the same question by hand on an open connection. */
export async function measureTables({ rows, rounds }: { rows: number; rounds: number }): Promise<Line[]> {
  const lines: Line[] = []
  for (const open of [openPostgres, openMaria]) {
    const shop = await open(rows)
    try {
      for (const question of QUESTIONS) lines.push(await measure(shop, question, { rows, rounds: rounds * 6 }))
    } finally {
      await shop.connection.close()
      await shop.close()
    }
  }
  return lines
}

async function measure(shop: Shop, question: Question, { rows, rounds }: { rows: number; rounds: number }): Promise<Line> {
  const catalog = { connectionId: 'shop', readAt: '', tableCount: shop.catalog.tables.length, ...shop.catalog }
  const known = { id: 'shop', name: 'shop', kind: 'x', role: 'database', channels: [], dialect: shop.catalog.dialect } as const
  const host = {
    connection: () => Promise.resolve(shop.connection),
    service: () => Promise.reject(new Error('no service is asked')),
    known: (id: string) => (id === 'shop' ? known : null),
    lists: noLists,
    tables: tableQueries(() => Promise.resolve(catalog)),
    inner: noInner,
    queries: setQueries,
    http: { request: () => Promise.reject(new Error('nothing is asked over HTTP')) },
    clock: { now: () => new Date(), sleep: () => Promise.resolve() },
    log: quiet,
  }
  const registry = createRegistry({ nodes: builtInNodes, providers: [] })
  // Nothing is kept: each round is the first preview of a changed query.
  const cache = { get: () => null, set: () => undefined }
  const signal = new AbortController().signal
  const document = documentOf(question)
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round++) {
    theirs.push(await took(() => shop.byHand(question.byHand)))
    ours.push(
      await took(async () => {
        const shown = await preview(document, { registry, host, cache, timezone: zone, signal, limit: PEOPLE })
        if (shown.nodes['people']?.out['rows']?.rows.length !== PEOPLE) throw new Error(JSON.stringify(shown.problems))
      }),
    )
  }
  const slowest = quantile(ours, 0.95)
  return {
    job: `preview of a table query over ${rows} people, ${question.name}, ${shop.name}`,
    unit: 'ms (p95)',
    ours: slowest,
    baseline: quantile(theirs, 0.95),
    ratio: spread(ours.map((ms, i) => ms / (theirs[i] ?? ms))),
    bar: `≤ ${BAR_MS} ms`,
    reached: slowest <= BAR_MS,
    facts: { p50Ms: quantile(ours, 0.5) },
  }
}

async function openPostgres(rows: number): Promise<Shop> {
  const database = await startTemporary(quiet)
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query(`
    create table customers (id int primary key, name text, phone text, plan text, company_id int);
    insert into customers select i, 'n' || i, '010' || lpad(i::text, 8, '0'), case when i % 10 = 0 then 'pro' else 'basic' end, i % 50000
      from generate_series(1, ${rows}) i;
    create table reviews (id int primary key, company_id int, rating int, created_at timestamptz not null);
    insert into reviews select i, i % 50000, i % 5 + 1, now() - (i % 400) * interval '1 day' from generate_series(1, ${rows}) i;
    create index on customers (plan); create index on reviews (company_id, created_at); analyze`)
  const connection = new PostgresConnection({ url: database.url, timezone: zone }, quiet)
  return {
    name: 'PostgreSQL',
    connection,
    catalog: await readPostgresCatalog(connection),
    byHand: (sql) => client.query(sql.replace('{7}', "'7 day'")),
    close: async () => {
      await client.end()
      await database.stop()
    },
  }
}

async function openMaria(rows: number): Promise<Shop> {
  const server = await startMariaDb()
  const account = { host: '127.0.0.1', port: server.port, user: 'root', password: '', database: 'shop' }
  const { database, ...root } = account
  const client = await mysql.createConnection(root)
  for (const statement of [
    `create database ${database} character set utf8mb4`,
    `use ${database}`,
    'create table customers (id int primary key, name varchar(40), phone varchar(20), plan varchar(20), company_id int)',
    `insert into customers select seq, concat('n', seq), concat('010', lpad(seq, 8, '0')), if(seq % 10 = 0, 'pro', 'basic'), seq % 50000 from seq_1_to_${Math.trunc(rows)}`,
    'create table reviews (id int primary key, company_id int, rating int, created_at timestamp not null)',
    `insert into reviews select seq, seq % 50000, seq % 5 + 1, now() - interval (seq % 400) day from seq_1_to_${Math.trunc(rows)}`,
    'create index by_plan on customers (plan)',
    'create index by_company on reviews (company_id, created_at)',
    'analyze table customers, reviews',
  ])
    await client.query(statement)
  const connection = new MysqlConnection({ ...account, timezone: zone }, quiet, 'mariadb')
  return {
    name: 'MariaDB',
    connection,
    catalog: await readMysqlCatalog(connection),
    byHand: (sql) => client.query(sql.replace('{7}', '7 day')),
    close: async () => {
      await client.end()
      await server.stop()
    },
  }
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
