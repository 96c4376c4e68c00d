import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expand } from '#runtime/test/short-workflow.ts'
import { dropOldMonths } from '#server/retention/drop-months.ts'
import { pauseByHand, resumeRun } from '#server/runs/control.ts'
import { readSums } from '#server/runs/sums.ts'
import { careForRuns } from './care.ts'
import type { Bench } from './test/harness.ts'
import { fakeVendor, openFake } from './test/provider.ts'
import { openShop, type Shop } from './test/shop.ts'
import { testClock, testLog } from './test/test-engine.ts'

// Workflows that wait, with the built-in steps, on a real shop. Time passes by moving what waits: the tables' times are all there is of it.

let shop: Shop
let bench: Bench
const workspaceId = '00000000-0000-7000-8000-000000000001'

beforeAll(async () => {
  shop = await openShop(`
    create table people (id int primary key, name text, phone text, visit timestamptz);
    insert into people select i, '고객 ' || i, '010' || lpad((20000000 + i)::text, 8, '0'), now() + interval '2 days' from generate_series(1, 20) i;
    create table points (id int, points int);
    insert into points select i, 1 from generate_series(1, 20) i;`)
  bench = shop.bench
})
afterEach(() => bench.rest())
afterAll(() => shop.close())

const wait = (minutes = 4320) => ({ type: 'wait', config: { until: { kind: 'duration', minutes } } })
const sms = (text?: string) => ({
  type: 'send-sms',
  config: { connection: 'sandbox', address: 'phone', expiresAfter: 60, ...(text !== undefined && { template: { text } }) },
})
const start = { type: 'manual-trigger' }
const people = {
  type: 'sql-source',
  config: { connection: 'shop', sql: 'select id, name, phone, visit from people order by id' },
}
const ask = { type: 'variable-query', config: { connection: 'shop', sql: 'select points from points where id = :id' } }
const fill = { type: 'mapping', config: { variables: { 점수: { column: 'points' } } } }

let runs = 0
type Steps = Parameters<typeof expand>[0]['nodes']

async function begin(nodes: Steps, edges: string[]) {
  const document = expand({ nodes: { start, ...nodes }, edges: ['start.start -> people.start', ...edges] })
  const pinned = await shop.pin(document)
  const vendor = fakeVendor()
  bench.providers.set('sandbox', openFake(vendor))
  await bench.engine()
  const runId = await bench.startPinned(`wait ${++runs}`, pinned)
  return { runId, vendor, waits: () => waitsOf(runId) }
}

async function waitsOf(runId: string) {
  const { run_no: runNo } = await bench.run(runId)
  return (await readSums(bench.database.pool, [runNo])).get(runNo)?.waits ?? []
}

/** So much time passes for what waits. A long wait may end up to a minute late. */
async function pass(runId: string, time: string): Promise<void> {
  await bench.database.pool.query(
    `update run_chunk set ready_at = ready_at - $2::interval, came_at = came_at - $2::interval
     where run_no = (select run_no from workflow_run where id = $1) and ready_at > now()`,
    [runId, time],
  )
}

const reminder = {
  nodes: { people, wait: wait(), ask, fill, send: sms('점수 #{점수}') },
  edges: ['people.rows -> wait.rows', 'wait.after -> ask.rows', 'ask.rows -> fill.rows', 'fill.rows -> send.messages'],
}

test('all wait three days in the tables; what is asked behind it is asked then', async () => {
  const { runId, vendor, waits } = await begin(reminder.nodes, reminder.edges)
  await bench.until(runId, ['waiting'])
  expect(vendor.got).toEqual([])
  const [waiting, ...others] = await waits()
  expect(others).toEqual([])
  expect(waiting?.n).toBe(20)
  const hours = (new Date(waiting?.first ?? 0).getTime() - Date.now()) / 3_600_000
  expect(hours).toBeGreaterThan(71.9)
  expect(hours).toBeLessThan(72.1)
  await shop.database.pool.query('update points set points = 777')
  await pass(runId, '2 days')
  expect((await bench.run(runId)).state).toBe('waiting')
  // Every process is gone meanwhile, and another one goes on.
  await bench.rest()
  await pass(runId, '25 hours')
  await bench.engine()
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ total: 20, outcomes: { sent: 20 }, law: { holds: true } })
  expect(vendor.got.map(({ body }) => body)).toEqual(Array(20).fill('점수 777'))
}, 120_000)

test('paused while it waits, it waits on when it is resumed; cancelled, everybody is accounted for', async () => {
  const { runId, vendor } = await begin(reminder.nodes, reminder.edges)
  await bench.until(runId, ['waiting'])
  const call = { workspaceId, runId, actor: 'test' }
  await pauseByHand(bench.deps, call)
  await pass(runId, '1 day')
  expect((await bench.run(runId)).state).toBe('paused')
  await resumeRun(bench.deps, call)
  await bench.until(runId, ['waiting'])
  expect((await waitsOf(runId)).map(({ n }) => n)).toEqual([20])
  await bench.cancel(runId)
  expect(await bench.until(runId, ['cancelled'])).toMatchObject({ outcomes: { cancelled: 20 }, law: { holds: true } })
  expect(vendor.got).toEqual([])
}, 120_000)

test('nobody is asked about a run whose time has not come, however long no worker was there; its month is kept', async () => {
  const { runId } = await begin(reminder.nodes, reminder.edges)
  const { run_no: runNo } = await bench.until(runId, ['waiting'])
  await bench.rest()
  const { pool } = bench.database
  await pool.query(`update workflow_run set seen_at = now() - interval '2 days' where id = $1`, [runId])
  await careForRuns({ pool, log: testLog }, { lateAfterMs: 24 * 3_600_000 })
  expect((await bench.run(runId)).state).toBe('waiting')
  // The same where all workers died in the second between the packing and the look that calls it waiting.
  await pool.query('update workflow_run set state = 3 where id = $1', [runId])
  await pool.query(`update workflow_run set seen_at = now() - interval '2 days' where id = $1`, [runId])
  await careForRuns({ pool, log: testLog }, { lateAfterMs: 24 * 3_600_000 })
  expect((await bench.run(runId)).state).toBe('sending')
  // Years later, as far as retention is concerned.
  await pool.query('update workspace set keep_months = 1')
  await dropOldMonths(pool, { now: new Date(Date.now() + 400 * 86_400_000), log: testLog })
  expect((await readSums(pool, [runNo])).get(runNo)?.waits?.[0]?.n).toBe(20)
  // Its time came while nobody was there: then a person is asked.
  await pass(runId, '4 days')
  await pool.query(`update workflow_run set seen_at = now() - interval '2 days' where id = $1`, [runId])
  await careForRuns({ pool, log: testLog }, { lateAfterMs: 24 * 3_600_000 })
  expect(await bench.run(runId)).toMatchObject({ state: 'paused', reason: { code: 'run-stood-still' } })
  await bench.cancel(runId)
}, 120_000)

test('until what a column says: each at his own time; who is past takes the other way, who has no time is listed', async () => {
  await shop.database.pool.query(`
    create table visits as select id, name, phone, case when id <= 5 then now() - interval '1 day' when id = 6 then null
      when id <= 10 then now() + interval '1 day' else now() + interval '2 days' end as visit from people`)
  const until = { kind: 'column', column: 'visit', side: 'before', shift: 0, past: 'leave' }
  const { runId, vendor, waits } = await begin(
    {
      people: { ...people, config: { ...people.config, sql: 'select * from visits order by id' } },
      wait: { type: 'wait', config: { until } },
      send: sms('곧 만나요'),
      late: sms('늦었어요'),
    },
    ['people.rows -> wait.rows', 'wait.after -> send.messages', 'wait.past -> late.messages'],
  )
  await bench.until(runId, ['waiting'])
  expect((await waits()).map(({ n }) => n)).toEqual([14])
  await pass(runId, '1 day 1 minute')
  while (vendor.got.length < 9) await testClock.sleep(50)
  const said = (body: string) => vendor.got.filter((one) => one.body === body).length
  expect([said('늦었어요'), said('곧 만나요')]).toEqual([5, 4])
  expect((await waits()).map(({ n }) => n)).toEqual([10])
  await pass(runId, '1 day 1 minute')
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 19, failed: 1 }, law: { holds: true } })
  const failed = (await bench.messages(runId)).filter(({ state }) => state === 'failed')
  expect(failed.map(({ error_code }) => error_code?.split(':')[0])).toEqual(['wait-time-missing'])
}, 120_000)

test('who was sent to waits for the next message; who was not reached waits for the fallback', async () => {
  const { runId, vendor } = await begin(
    { people, first: sms('하나'), wait: wait(1440), second: sms('둘'), hour: wait(60), other: sms('다른 길') },
    [
      'people.rows -> first.messages',
      'first.sent -> wait.rows',
      'wait.after -> second.messages',
      'first.undelivered -> hour.rows',
      'hour.after -> other.messages',
    ],
  )
  vendor.answer = ({ to, body }) =>
    body === '하나' && to.endsWith('7') ? { state: 'failed', code: '3104', class: 'recipient', detail: '' } : undefined
  await bench.until(runId, ['waiting'])
  expect(vendor.got.map(({ body }) => body)).toEqual(Array(18).fill('하나'))
  expect((await waitsOf(runId)).map(({ n }) => n).toSorted((a, b) => a - b)).toEqual([2, 18])
  await pass(runId, '61 minutes')
  while (vendor.got.length < 20) await testClock.sleep(50)
  expect(vendor.got.slice(18).map(({ body }) => body)).toEqual(['다른 길', '다른 길'])
  await bench.until(runId, ['waiting'])
  await pass(runId, '1 day 1 minute')
  expect(await bench.until(runId, ['completed'])).toMatchObject({ total: 20, outcomes: { sent: 20 }, law: { holds: true } })
  expect(vendor.got.filter(({ body }) => body === '둘')).toHaveLength(18)
}, 120_000)
