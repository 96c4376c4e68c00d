import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { MESSAGE_STATES } from '#schemas/states.ts'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import { applyReports } from '#server/reports/apply.ts'
import { addChunk, makeRun, makeWorkspace, type MadeMessage } from '#server/retention/test/made-run.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { foldRun, foldTotals } from './fold.ts'
import { summariseRanges } from './summarise.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  await makeWorkspace(database.pool)
})
beforeEach(() => database.pool.query('delete from daily_total'))
afterAll(() => database.close())

const startedAt = '2026-11-25T03:00:00Z'
/** 00:30 of the 26th and 23:30 of the 25th in Seoul. */
const [late, early] = ['2026-11-25T15:30:00Z', '2026-11-25T14:30:00Z']
const some = (count: number, state: MadeMessage['state'], at: string): MadeMessage[] =>
  Array.from({ length: count }, () => ({ state, at }))

async function totals(): Promise<Record<string, number>> {
  const { rows } = await database.pool.query<{ day: string; state: number; n: string }>(
    'select day, state, sum(n) as n from daily_total group by 1, 2 having sum(n) <> 0 order by 1, 2',
  )
  return Object.fromEntries(rows.map(({ day, state, n }) => [`${day.slice(8)} ${MESSAGE_STATES[state]}`, Number(n)]))
}

const report = (seq: number, state: 'delivered' | 'failed') => ({
  nodeNo: 3,
  seq,
  attempt: 1,
  state,
  errorCode: null,
  class: null,
  at: '2026-11-28T03:00:00.000Z',
})

test('closed chunks count once, on the day of the send in the workspace’s zone; open ones and test sends do not', async () => {
  const messages = [...some(3, 'sent', early), ...some(2, 'sent', late), ...some(1, 'failed', late), ...some(4, 'skipped', early)]
  const run = await makeRun(database.pool, {
    startedAt,
    state: 'sending',
    chunks: [
      { nodeNo: 3, no: 1, messages },
      { nodeNo: 3, no: 2, state: 0, messages: some(5, 'sent', late) },
    ],
  })
  await makeRun(database.pool, { startedAt, kind: 1, chunks: [{ nodeNo: 3, no: 1, messages: some(7, 'sent', late) }] })
  const expected = { '25 sent': 3, '25 skipped': 4, '26 failed': 1, '26 sent': 2 }
  expect(await foldTotals(database.pool)).toBe(2)
  expect(await totals()).toEqual(expected)
  expect(await foldTotals(database.pool)).toBe(0)
  expect(await totals()).toEqual(expected)
  await addChunk(database.pool, run, { nodeNo: 3, no: 3, messages: some(1, 'unconfirmed', late), seq: 100 })
  expect(await foldRun(database.pool, run.runNo)).toBe(1)
  expect(await totals()).toEqual({ ...expected, '26 unconfirmed': 1 })
})

test('a report moves the count on the day of the send, whether it comes before the fold or long after', async () => {
  const messages = [...some(2, 'sent', early), ...some(2, 'sent', late)]
  const { runNo } = await makeRun(database.pool, { startedAt, chunks: [{ nodeNo: 3, no: 1, messages }] })
  await applyReports(database.pool, { runNo, reports: [report(1, 'delivered'), report(3, 'failed')], shard: 1 })
  await foldTotals(database.pool)
  expect(await totals()).toEqual({ '25 delivered': 1, '25 sent': 1, '26 failed': 1, '26 sent': 1 })
  // The run is over and wholly folded; a late report finds it all the same.
  await applyReports(database.pool, { runNo, reports: [report(2, 'delivered'), report(3, 'delivered')], shard: 1 })
  await foldTotals(database.pool)
  expect(await totals()).toEqual({ '25 delivered': 2, '26 delivered': 1, '26 sent': 1 })
})

test('two who fold at the same time count each chunk once; one that breaks off leaves nothing half', async () => {
  const chunks = Array.from({ length: 120 }, (_, index) => ({ nodeNo: 3, no: index + 1, messages: some(2, 'sent', late) }))
  const { runNo } = await makeRun(database.pool, { startedAt, chunks })
  const client = await database.pool.connect()
  await client.query('begin')
  await foldRun(client, runNo)
  await client.query('rollback')
  client.release()
  expect(await totals()).toEqual({})
  const folded = await Promise.all([foldRun(database.pool, runNo), foldRun(database.pool, runNo)])
  await foldRun(database.pool, runNo)
  expect(folded[0] + folded[1]).toBeLessThanOrEqual(120)
  expect(await totals()).toEqual({ '26 sent': 240 })
})

test('totals say what the tables say, state by state', async () => {
  const messages = [
    ...some(5, 'sent', late),
    ...some(3, 'unconfirmed', late),
    ...some(2, 'expired', late),
    ...some(1, 'errored', late),
  ]
  const { runNo } = await makeRun(database.pool, { startedAt, chunks: [{ nodeNo: 3, no: 1, messages }] })
  await applyReports(database.pool, {
    runNo,
    reports: [report(1, 'delivered'), report(2, 'delivered'), report(6, 'delivered'), report(7, 'failed')],
    shard: 1,
  })
  await foldTotals(database.pool)
  const { rows } = await database.pool.query<{ state: number; n: number }>(
    'select state, count(*)::int as n from messages where run_no = $1 group by 1',
    [runNo],
  )
  expect(await totals()).toEqual(Object.fromEntries(rows.map(({ state, n }) => [`26 ${MESSAGE_STATES[state]}`, n])))
  expect(rows.find(({ state }) => state === messageStateNumber('delivered'))?.n).toBe(3)
})

test('new ranges of messages get their summary', async () => {
  const now = new Date(startedAt)
  await summariseRanges(database.pool, now)
  expect(await summariseRanges(database.pool, now)).toBe(0)
  await database.pool.query(
    `insert into messages (run_no, node_no, chunk_no, seq, state, address_hash)
     select (select max(run_no) from workflow_run), 9, 1, i, 2, i from generate_series(1, 20000) i`,
  )
  expect(await summariseRanges(database.pool, now)).toBeGreaterThan(0)
})
