import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expand } from '#runtime/test/short-workflow.ts'
import { readChunks } from '#server/messages/chunks.ts'
import { resendRun, type AgainDeps } from '#server/runs/again.ts'
import { pauseByHand, resumeRun } from '#server/runs/control.ts'
import { refuseOverdue } from '#server/runs/refuse-overdue.ts'
import type { Bench } from './test/harness.ts'
import { againDeps } from './test/known-runs.ts'
import { fakeVendor, openFake } from './test/provider.ts'
import { openShop, type Shop } from './test/shop.ts'
import { testClock } from './test/test-engine.ts'

// Stages that reshape rows or let them wait, where a person stepped in: nobody is lost, found twice, or sent old news.

let shop: Shop
let bench: Bench
let deps: AgainDeps
const workspaceId = '00000000-0000-7000-8000-000000000001'

beforeAll(async () => {
  shop = await openShop(`
    create table people (id int primary key, name text, phone text, visit timestamptz);
    insert into people select i, '고객 ' || i, '010' || lpad((20000000 + i)::text, 8, '0'), case when i <> 6 then now() + interval '2 days' end
      from generate_series(1, 20) i;
    create table points (id int, points int);
    insert into points select i, i from generate_series(1, 20) i;`)
  bench = shop.bench
  deps = againDeps(bench)
})
afterEach(() => bench.rest())
afterAll(() => shop.close())

const start = { type: 'manual-trigger' }
const people = {
  type: 'sql-source',
  config: { connection: 'shop', sql: 'select id, name, phone, visit from people order by id' },
}
const ask = { type: 'variable-query', config: { connection: 'shop', sql: 'select points from points where id = :id' } }
const wait = (until: object = { kind: 'duration', minutes: 4320 }) => ({ type: 'wait', config: { until } })
const some = (column: string, is: string, value: string) => ({
  type: 'filter',
  config: { conditions: { join: 'all', items: [{ column, is, value }] } },
})
const sms = (text: string, expiresAfter = 60) => ({
  type: 'send-sms',
  config: { connection: 'sandbox', address: 'phone', expiresAfter, template: { text } },
})
type Steps = Parameters<typeof expand>[0]['nodes']
const call = (runId: string) => ({ workspaceId, runId, actor: 'test' })

async function pinned(nodes: Steps, edges: string[]) {
  const vendor = fakeVendor()
  bench.providers.set('sandbox', openFake(vendor))
  const document = expand({ nodes: { start, people, ...nodes }, edges: ['start.start -> people.start', ...edges] })
  return { vendor, version: await shop.pin(document) }
}

/** A run whose audience was read, and of which nobody went any further: paused. */
async function held(nodes: Steps, edges: string[]) {
  const { vendor, version } = await pinned(nodes, edges)
  const runId = await bench.startPinned('held', version)
  await pauseByHand(bench.deps, call(runId))
  await bench.engine()
  await bench.until(runId, ['paused'])
  return { runId, vendor }
}

/** So long ago it began, and so much time passed for what waits. */
async function ago(runId: string, time: string): Promise<void> {
  await bench.rest()
  await bench.database.pool.query(
    'update workflow_run set started_at = started_at - $2::interval, seen_at = now() where id = $1',
    [runId, time],
  )
  await bench.database.pool.query(
    `update run_chunk set ready_at = ready_at - $2::interval, came_at = came_at - $2::interval
     where run_no = (select run_no from workflow_run where id = $1) and ready_at > now()`,
    [runId, time],
  )
  await bench.engine()
}

/** So long after it was cancelled. */
async function sentAgain(runId: string, time: string): Promise<void> {
  await ago(runId, time)
  expect(await resendRun(deps, call(runId), { wish: { states: ['cancelled'] }, client: null })).toMatchObject({ messages: 20 })
}

test('cancelled before a query was asked, and sent again days later: it is not over its time, whatever stands before the channel', async () => {
  const { runId, vendor } = await held({ ask, few: some('points', 'at-least', '6'), send: sms('점수') }, [
    'people.rows -> ask.rows',
    'ask.rows -> few.rows',
    'few.matched -> send.messages',
  ])
  await bench.cancel(runId)
  await bench.until(runId, ['cancelled'])
  await sentAgain(runId, '2 days')
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 15, errored: 5 }, law: { holds: true } })
  expect(vendor.got).toHaveLength(15)
}, 60_000)

test('cancelled before a step, sent again, and left out by that step: once more, not stuck; and everybody can be found', async () => {
  const until = { kind: 'column', column: 'visit', side: 'before', shift: 0, past: 'go' }
  const { runId, vendor } = await held({ wait: wait(until), send: sms('곧 만나요') }, [
    'people.rows -> wait.rows',
    'wait.after -> send.messages',
  ])
  await bench.cancel(runId)
  await bench.until(runId, ['cancelled'])
  // By the hash a person is searched and erased.
  expect((await bench.messages(runId)).filter(({ address_hash: hash }) => hash === null)).toEqual([])
  await sentAgain(runId, '1 hour')
  await bench.until(runId, ['waiting'])
  await ago(runId, '3 days')
  expect(await bench.until(runId, ['completed'])).toMatchObject({ outcomes: { sent: 19, failed: 1 }, law: { holds: true } })
  expect(vendor.got).toHaveLength(19)
}, 60_000)

/** Ids of all people of whom anything is in the chunks of a run. */
async function keptOf(runId: string): Promise<Set<number>> {
  const open = await deps.known.get(runId)
  if (!open) throw new Error('The run is not known')
  const { rows } = await bench.database.pool.query<{ nodeNo: number; chunkNo: number }>(
    'select node_no as "nodeNo", no as "chunkNo" from run_chunk where run_no = $1',
    [open.runNo],
  )
  const found = new Set<number>()
  for await (const chunk of readChunks(bench.database.pool, open, { keys: rows }))
    for (const id of chunk.rows.columns[chunk.rows.names.indexOf('id')] ?? []) found.add(Number(id))
  return found
}

const apart = (of = people) => ({
  nodes: {
    people: of,
    wait: wait(),
    few: some('id', 'at-most', '8'),
    rest: some('id', 'at-most', '18'),
    more: some('id', 'at-least', '6'),
    a: sms('하나'),
    b: sms('둘'),
  },
  edges: [
    'people.rows -> wait.rows',
    'wait.after -> few.rows',
    'wait.after -> rest.rows',
    'rest.matched -> more.rows',
    'few.matched -> a.messages',
    'more.matched -> b.messages',
  ],
})

test('ways that part behind a wait and choose apart: who is on neither is no recipient, who is on both is one', async () => {
  const { nodes, edges } = apart()
  const { vendor, version } = await pinned(nodes, edges)
  await bench.engine()
  const runId = await bench.startPinned('apart', version)
  await bench.until(runId, ['waiting'])
  await ago(runId, '4 days')
  const run = await bench.until(runId, ['completed'])
  expect(run).toMatchObject({ total: 20, chosen_out: 2, outcomes: { sent: 18 }, law: { holds: true, broken: [] } })
  expect(vendor.got).toHaveLength(8 + 13)
  // Of who was not chosen nothing stays that erasing a person would have to find.
  expect([...(await keptOf(runId))].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, at) => at + 1))
}, 60_000)

test('cancelled when some were chosen and others still wait: who was chosen on no way is no recipient, the others are cancelled', async () => {
  const sql = `select i as id, '010' || lpad((20000000 + i)::text, 8, '0') as phone from generate_series(1, 1100) i`
  const { nodes, edges } = apart({ ...people, config: { ...people.config, sql } })
  const { version } = await pinned(nodes, edges)
  await bench.engine()
  const runId = await bench.startPinned('apart', version)
  const { run_no: runNo } = await bench.until(runId, ['waiting'])
  await bench.database.pool.query('update run_chunk set ready_at = now() where run_no = $1 and seq_from = 1 and state = 0', [
    runNo,
  ])
  while ((await bench.messages(runId)).length < 8 + 13) await testClock.sleep(20)
  await bench.cancel(runId)
  const run = await bench.until(runId, ['cancelled'])
  expect(run).toMatchObject({ total: 1100, chosen_out: 982, outcomes: { sent: 18, cancelled: 100 }, law: { holds: true } })
}, 60_000)

test('where those who wait meet those who do not: who came straight is not sent old news, and nobody is resumed unasked', async () => {
  const { runId, vendor } = await held(
    {
      first: {
        type: 'branch',
        config: { cases: [{ id: 'vip', name: 'VIP', conditions: some('id', 'at-most', '5').config.conditions }] },
      },
      wait: wait({ kind: 'duration', minutes: 60 }),
      merge: { type: 'merge', config: { mode: 'union' } },
      send: sms('안녕'),
    },
    [
      'people.rows -> first.rows',
      'first.vip -> wait.rows',
      'wait.after -> merge.rows',
      'first.rest -> merge.rows',
      'merge.rows -> send.messages',
    ],
  )
  await ago(runId, '2 hours')
  const { rows } = await bench.database.pool.query('select * from workflow_run where id = $1', [runId])
  const row = rows[0] as Parameters<typeof refuseOverdue>[1]
  await expect(
    refuseOverdue({ pool: bench.database.pool, known: { get: (id) => deps.known.get(id) }, clock: testClock }, row),
  ).rejects.toMatchObject({ code: 'run-overdue' })
  await resumeRun(bench.deps, call(runId), { late: 'expire' })
  await bench.until(runId, ['waiting'])
  expect(vendor.got).toEqual([])
  await ago(runId, '2 hours')
  expect(await bench.until(runId, ['completed'])).toMatchObject({
    outcomes: { sent: 5, expired: 15 },
    law: { holds: true, broken: [] },
  })
}, 60_000)

test('a test run does not wait: the first people’s messages go to the test addresses at once, and count once', async () => {
  const { vendor, version } = await pinned(
    {
      wait: wait(),
      ask,
      fill: { type: 'mapping', config: { variables: { 점수: { column: 'points' } } } },
      day: wait(),
      send: sms('점수 #{점수}', 1),
    },
    [
      'people.rows -> wait.rows',
      'wait.after -> ask.rows',
      'ask.rows -> fill.rows',
      'fill.rows -> day.rows',
      'day.after -> send.messages',
    ],
  )
  await bench.engine()
  const runId = await bench.startPinned('test', version, { testAddresses: ['01099990001', '01099990002'] })
  expect(await bench.until(runId, ['completed'])).toMatchObject({ total: 2, outcomes: { sent: 2 }, law: { holds: true } })
  expect(vendor.got.map(({ to, body }) => [to, body])).toEqual([
    ['01099990001', '점수 1'],
    ['01099990002', '점수 2'],
  ])
}, 60_000)
