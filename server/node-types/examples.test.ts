import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtInNodes, builtInProviders } from '#nodes/all.ts'
import { check } from '#runtime/compile/check.ts'
import { createDescriptionCache } from '#runtime/compile/description-cache.ts'
import type { Host } from '#runtime/host.ts'
import { preview } from '#runtime/preview/preview.ts'
import { setQueries } from '#runtime/queries/set-queries.ts'
import { createRegistry } from '#runtime/registry.ts'
import { noInner } from '#runtime/inner/inner-workflows.ts'
import { noLists } from '#runtime/no-lists.ts'
import { noTables } from '#runtime/queries/visual/table-queries.ts'
import type { KnownConnection, SqlConnection } from '#runtime/sdk/index.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { MysqlConnection } from '#server/connections/mysql/mysql.ts'
import { PostgresConnection } from '#server/connections/postgres/postgres.ts'
import { calendarOf } from '#server/sample/calendar.ts'
import { makeSample, type SampleRows } from '#server/sample/rows.ts'
import { sampleSqlForMysql } from '#server/sample/write-mysql.ts'
import { writePostgres } from '#server/sample/write-postgres.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { mariadbMissing, testMariaDb, type TestMySqlDatabase } from '#server/test/mariadb.ts'
import { quietLog } from '#server/test/quiet-log.ts'

const folder = join(import.meta.dirname, '../../examples')
const registry = createRegistry({ nodes: builtInNodes, providers: builtInProviders })

/** Examples are written by us and checked by `check` below. */
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as WorkflowDocument

/** The same workflow with the statements of another dialect. */
function withSql(document: WorkflowDocument, statements: Readonly<Record<string, string>>): WorkflowDocument {
  const nodes = document.nodes.map((node) => ({
    ...node,
    config: { ...node.config, ...(statements[node.id] && { sql: statements[node.id] }) },
  }))
  return { ...document, nodes }
}

const weeklyOfMariaDb = `
select count(r.id) as total_reviews, round(avg(r.rating), 1) as average_rating,
  count(case when r.id is not null and r.replied_at is null then 1 end) as needs_reply,
  concat(month(w.monday), '월 ', day(w.monday), '일 ~ ', if(month(w.sunday) <> month(w.monday), concat(month(w.sunday), '월 '), ''), day(w.sunday), '일') as week_label
from (
  select this_monday - interval 7 day as monday, this_monday - interval 1 day as sunday, this_monday
  from (select current_date - interval weekday(current_date) day as this_monday) t
) w
left join reviews r on r.company_id = :company_id and r.created_at >= w.monday and r.created_at < w.this_monday
group by w.monday, w.sunday`

function hostOf(database: SqlConnection): Host {
  const known: KnownConnection[] = [
    { id: 'sample-shop', name: '가게노트 운영 DB', kind: 'embedded', role: 'database', channels: [], dialect: database.dialect },
    { id: 'sandbox', name: '샘플', kind: 'sandbox', role: 'provider', channels: ['alimtalk', 'sms'], dialect: null },
  ]
  return {
    connection: () => Promise.resolve(database),
    service: () => Promise.reject(new Error('no example asks a service')),
    known: (id) => known.find((one) => one.id === id) ?? null,
    lists: noLists,
    tables: noTables,
    inner: noInner,
    queries: setQueries,
    http: { request: () => Promise.reject(new Error('no example asks the web')) },
    clock: { now: () => new Date(), sleep: () => Promise.resolve() },
    log: quietLog(),
  }
}

const depsOf = (database: SqlConnection) => ({
  registry,
  host: hostOf(database),
  cache: createDescriptionCache({ now: () => new Date() }),
  timezone: 'Asia/Seoul',
  signal: new AbortController().signal,
})

let rows: SampleRows
let test1: TestDatabase
let postgres: PostgresConnection

beforeAll(async () => {
  rows = makeSample(calendarOf(new Date()))
  test1 = await testDatabase({ empty: true })
  const client = new pg.Client(test1.url)
  await client.connect()
  await writePostgres(client, rows)
  await client.end()
  postgres = new PostgresConnection({ url: test1.url, timezone: 'Asia/Seoul' }, quietLog())
})
afterAll(async () => {
  await postgres?.close()
  await test1?.close()
})

test.each(readdirSync(folder).filter((name) => /(?<!\.test)\.json$/.test(name)))(
  '%s has no problem and can run',
  async (name) => {
    const { problems, plan } = await check(read(name), depsOf(postgres))
    expect(problems).toEqual([])
    expect(plan).not.toBeNull()
  },
)

test('the weekly report says what the pictures say', async () => {
  const { messages, problems, nodes } = await preview(read('weekly-review-report.json'), { ...depsOf(postgres), limit: 10 })
  expect(problems).toEqual([])
  expect(nodes['reviews']?.statements).toBe(1)
  const texts = messages.filter(({ nodeId }) => nodeId === 'alimtalk').map(({ parts, error }) => ({ body: parts.body, error }))
  expect(texts).toHaveLength(10)
  expect(texts[0]?.error).toBeNull()
  expect(texts[0]?.body).toMatch(
    /^안녕하세요, 행복분식 사장님!\n지난주 리뷰 소식을 전해드려요\.\n\n· 새 리뷰 128건\n· 평균 별점 4\.6점\n· 답글이 필요한 리뷰 7건\n\n기간: \d+월 \d+일 ~ (\d+월 )?\d+일$/,
  )
  expect(texts[2]?.body).toContain('한강커피')
  expect(texts[2]?.body).toContain('새 리뷰 0건\n· 평균 별점 집계 전')
})

test('the reminder says amount and day', async () => {
  const { messages, problems } = await preview(read('payment-reminder.json'), { ...depsOf(postgres), limit: 5 })
  expect(problems).toEqual([])
  expect(messages.find(({ nodeId }) => nodeId === 'alimtalk')?.parts.body).toMatch(
    /^.+님, 이용 중인 가게노트 요금이 곧 결제돼요\.\n\n· 결제일 \d+월 \d+일 \([일월화수목금토]\)\n· 금액 (9,900|29,000|99,000)원\n· 카드 끝자리 \d{4}\n/,
  )
})

test.skipIf(mariadbMissing)('over MariaDB both say the same', async () => {
  const maria: TestMySqlDatabase = await testMariaDb()
  const { host, port, user, password, database } = maria
  const account = { host, port, user, password, database }
  const writer = await mysql.createConnection({ ...account, charset: 'utf8mb4' })
  for (const statement of sampleSqlForMysql(rows)) await writer.query(statement)
  await writer.end()
  const connection = new MysqlConnection({ ...account, timezone: 'Asia/Seoul' }, quietLog())
  try {
    for (const [name, statements] of [
      ['weekly-review-report.json', { reviews: weeklyOfMariaDb }],
      ['payment-reminder.json', {}],
    ] as const) {
      const limit = 50
      const there = await preview(withSql(read(name), statements), { ...depsOf(connection), limit })
      const here = await preview(read(name), { ...depsOf(postgres), limit })
      expect(there.problems).toEqual([])
      expect(there.messages.length).toBeGreaterThan(40)
      expect(there.messages.map(({ parts }) => parts)).toEqual(here.messages.map(({ parts }) => parts))
    }
  } finally {
    await connection.close()
    await maria.close()
  }
})
