import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { decodeChunk } from '#server/ledger/codec.ts'
import { openRunKey } from '#server/ledger/run-key.ts'
import { testApp, type TestApp } from '#server/test/app.ts'
import { IntakeClock } from './intake-clock.ts'
import { published, welcome } from './test/event-workflow.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** A clock whose own clocks stand where they are put, and how often it asked. */
function stood() {
  const own = { wall: Date.now(), monotonic: 5000 }
  const query = vi.spyOn(t.database.pool, 'query')
  const clock = new IntakeClock(t.database.pool, { wall: () => own.wall, monotonic: () => own.monotonic })
  return { own, clock, asked: () => query.mock.calls.length }
}
const pass = (own: { wall: number; monotonic: number }, ms: number): void => {
  own.wall += ms
  own.monotonic += ms
}

test('it asks once, for all at the same time, and not again while commits tell it the time', async () => {
  const { own, clock, asked } = stood()
  const before = asked()
  const [one, two] = await Promise.all([clock.now(), clock.now()])
  expect(one).toEqual(two)
  pass(own, 40_000)
  expect(clock.now()).toEqual(new Date(one.getTime() + 40_000))
  clock.told(Date.parse('2031-05-01T00:00:00Z'))
  pass(own, 40_000)
  expect(clock.now()).toEqual(new Date('2031-05-01T00:00:40Z'))
  expect(asked()).toBe(before + 1)
})

test('after a quiet minute, and where the machine slept or its clock was set, it asks anew', async () => {
  const { own, clock, asked } = stood()
  const before = asked()
  await clock.now()
  pass(own, 61_000)
  await clock.now()
  expect(asked()).toBe(before + 2)
  own.wall += 3_600_000
  const now = await clock.now()
  expect(asked()).toBe(before + 3)
  expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(60_000)
  expect(clock.now()).toBeInstanceOf(Date)
})

interface Row {
  id: string
  run_no: string
  key_enc: Buffer
  open_key: string
  off: number
}

/** What the last open run of a workflow says of its time, against the database's own. */
async function lastOpenRun(trigger: string) {
  const { pool } = t.database
  const { rows } = await pool.query<Row & { month: string; run_month: string }>(
    `select id, run_no, key_enc, open_key, abs(extract(epoch from now() - started_at))::float8 as off,
       to_char(now() at time zone 'UTC', 'YYYY-MM') as month, run_no >> 32 as run_month
     from workflow_run where kind = 2 and trigger = $1 order by run_no desc limit 1`,
    [trigger],
  )
  const run = rows[0]
  if (!run) throw new Error('no open run')
  const chunks = await pool.query<{ node_no: number; no: number; rows: Buffer }>(
    'select node_no, no, rows from run_chunk where run_no = $1 order by no desc limit 1',
    [run.run_no],
  )
  const chunk = chunks.rows[0]
  if (!chunk) throw new Error('no chunk')
  const key = openRunKey(t.parts.boxes.runKeys, run.id, run.key_enc)
  const data = decodeChunk(key, { runNo: Number(run.run_no), nodeNo: chunk.node_no, no: chunk.no }, chunk.rows)
  const [received] = data.columns[data.names.indexOf('received_at')] ?? []
  const { rows: since } = await pool.query<{ off: number }>(
    `select abs(extract(epoch from now() - $1::timestamptz))::float8 as off`,
    [received],
  )
  return { ...run, receivedOff: since[0]?.off }
}

test.each([
  ['ahead by months', 200 * 86_400_000],
  ['behind by months', -200 * 86_400_000],
])('a process whose clock is %s: month, start and received_at are the database’s', async (_name, shift) => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + shift })
  await t.database.pool.query(
    'update workflow set enabled = false; delete from event_trigger; update workflow_run set rows_closed_at = now()',
  )
  await published(t, welcome())
  const event = await t.call('POST', '/api/events', {
    body: { event: 'user.signed-up', payload: { name: 'a', phone: '01012345678' } },
  })
  const sms = { connection: 'sandbox', channel: 'sms', to: '01012345678', text: { body: '안녕하세요' } }
  const send = await t.call('POST', '/api/messages', { body: sms })
  expect([event.status, send.status]).toEqual([202, 202])
  for (const trigger of ['event', 'api']) {
    const run = await lastOpenRun(trigger)
    expect(run.open_key.endsWith(`:${run.month}`)).toBe(true)
    const [year = 0, month = 0] = run.month.split('-').map(Number)
    expect(Number(run.run_month)).toBe((year - 2020) * 12 + month - 1)
    // Far more than the test takes, far less than the clock is off by.
    expect(run.off).toBeLessThan(600)
    expect(run.receivedOff).toBeLessThan(600)
  }
})
