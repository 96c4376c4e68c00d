import mysql from 'mysql2/promise'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { sampleSqlForMysql } from '#server/sample/write-mysql.ts'
import { mariadbMissing, testMariaDb, type TestMySqlDatabase } from '#server/test/mariadb.ts'
import { expectedWeekly } from './expected-messages.ts'
import { Acceptance, weeklyReport } from './harness.ts'

// The same workflow and shop on PostgreSQL and MariaDB, in worker processes of two time zones: the same messages.

/** `current_date` is that of the connection's zone, Asia/Seoul; the instants are compared in it too. */
const reviewsOnMariaDb = `
select count(r.id) as total_reviews, round(avg(r.rating), 1) as average_rating,
  sum(r.id is not null and r.replied_at is null) as needs_reply,
  concat(month(monday), '월 ', day(monday), '일 ~ ', if(month(monday) = month(sunday), '', concat(month(sunday), '월 ')), day(sunday), '일') as week_label
from (select current_date - interval weekday(current_date) + 7 day as monday, current_date - interval weekday(current_date) + 1 day as sunday) w
left join reviews r on r.company_id = :company_id and r.created_at >= w.monday and r.created_at < w.monday + interval 7 day
group by w.monday, w.sunday`

let acceptance: Acceptance
let maria: TestMySqlDatabase | null = null
let mariaConnection = ''
beforeAll(async () => {
  // Four runs follow one another closely: what the vendor allows in five seconds is the matter of other tests.
  acceptance = await Acceptance.open({ rateLimits: false })
  if (mariadbMissing) return
  maria = await testMariaDb()
  const { host, port, user, password, database } = maria
  const account = { host, port, user, database }
  const writer = await mysql.createConnection({ ...account, password, charset: 'utf8mb4' })
  for (const statement of sampleSqlForMysql(acceptance.rows)) await writer.query(statement)
  await writer.end()
  mariaConnection = await acceptance.connect({
    name: 'MariaDB',
    kind: 'mysql',
    settings: { ...account, timezone: 'Asia/Seoul' },
    secrets: { password },
  })
})
afterAll(async () => {
  await acceptance?.close()
  await maria?.close()
})

/** Runs it to its end; text by number. */
async function messagesOf(document: WorkflowDocument): Promise<Map<string, string>> {
  const { fake } = acceptance
  const before = fake.arrived.length
  const runId = await acceptance.start(document)
  await acceptance.until(runId, ['settling'])
  fake.report()
  const run = await acceptance.until(runId, ['completed'])
  expect(run).toMatchObject({ total: 5000, law: { holds: true, broken: [] } })
  const arrived = fake.arrived.slice(before)
  const texts = new Map(arrived.map(({ to, text }) => [to, text]))
  expect(texts.size).toBe(arrived.length)
  return texts
}

test.skipIf(mariadbMissing).each(['America/Los_Angeles', 'Asia/Seoul'])(
  'MariaDB and PostgreSQL, with the worker in %s: everyone is told the same, and it is right',
  { timeout: 120_000 },
  async (zone) => {
    const child = await acceptance.child({ TZ: zone })
    const channel = await acceptance.solapi()
    const expected = new Map(expectedWeekly(acceptance.rows, acceptance.now).map(({ to, alimtalk }) => [to, alimtalk]))
    expect(await messagesOf(weeklyReport(channel))).toEqual(expected)
    const onMaria = weeklyReport(channel, { database: mariaConnection, sql: { reviews: reviewsOnMariaDb } })
    expect(await messagesOf(onMaria)).toEqual(expected)
    await acceptance.stopChild(child)
  },
)
