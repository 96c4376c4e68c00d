import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError, CallFailed, type SendResult } from '#runtime/sdk/index.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { messageId } from '#runtime/run/message-id.ts'
import { chain, people, phone } from '#server/worker/test/people.ts'
import { fakeVendor, openFake, refused } from '#server/worker/test/provider.ts'
import { testClock, testLog } from '#server/worker/test/test-engine.ts'
import { createLimits } from './limits.ts'

const workspaceId = '00000000-0000-7000-8000-000000000001'
let bench: Bench
beforeAll(async () => {
  bench = await Bench.open()
})
afterAll(() => bench.close())

const talk = (open: ReturnType<typeof openFake>): void => void bench.providers.set('alimtalk', open)
const breaker = { failures: 5, openMs: 300, mostOpenMs: 600 }
const states = (rows: readonly { state: string }[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(rows, (row) => row.state)].map(([state, some]) => [state, some.length]))

/** Most calls in flight at once. */
function meter(ms: number): { most: number; now: number; before(): Promise<void>; after(): void } {
  const seen = {
    most: 0,
    now: 0,
    async before() {
      seen.most = Math.max(seen.most, ++seen.now)
      await testClock.sleep(ms)
    },
    after: () => void seen.now--,
  }
  return seen
}

test('one message a call: a window of calls in flight, everybody once, few statements', async () => {
  const inFlight = meter(5)
  const vendor = fakeVendor({
    answer: ({ key }) => (key.endsWith('7-1') ? refused : undefined),
    ...inFlight,
  })
  talk(openFake(vendor, { batch: 1 }))
  await bench.engine()
  const before = await recordStatements()
  const run = await bench.until(await bench.start(chain({ rows: people(1_000) })), ['completed'])
  expect(run.law?.holds).toBe(true)
  expect(new Set(vendor.got.map(({ to }) => to)).size).toBe(vendor.got.length)
  expect(vendor.got.length + (run.outcomes['failed'] ?? 0)).toBe(1_000)
  expect(inFlight.most).toBeGreaterThan(25)
  expect(inFlight.most).toBeLessThanOrEqual(4 * 50)
  expect((await recordStatements()) - before).toBeLessThanOrEqual(45)
  await bench.rest()
})

/** Slices that were recorded: each is one statement. */
async function recordStatements(): Promise<number> {
  const { rows } = await bench.database.pool.query<{ n: number }>('select count(*)::int as n from run_call')
  return rows[0]?.n ?? 0
}

test('one message a call: what became of a call that got lost is looked up, and sent again only if it never arrived', async () => {
  const lost = new Set<string>()
  const vendor = fakeVendor({
    lookup: true,
    before: (slice) => {
      const key = slice.messages[0]?.key ?? ''
      if (!key.endsWith('5-1') || lost.has(key)) return
      lost.add(key)
      throw new CallFailed('unknown', new AppError('provider-unknown', { provider: 'Fake', detail: 'reset' }))
    },
    after: (slice) => {
      const key = slice.messages[0]?.key ?? ''
      if (!key.endsWith('8-1') || lost.has(key)) return
      lost.add(key)
      throw new CallFailed('unknown', new AppError('provider-unknown', { provider: 'Fake', detail: 'reset' }))
    },
  })
  talk(openFake(vendor, { batch: 1, settings: { concurrency: 8 } }))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(60) }))
  const run = await bench.until(runId, ['completed'], 60_000)
  expect(run.law?.holds).toBe(true)
  expect(lost.size).toBeGreaterThan(2)
  expect(states(await bench.messages(runId))).toEqual({ sent: 60 })
  expect(vendor.got).toHaveLength(60)
  await bench.rest()
}, 90_000)

test('calls in flight of two runs on two workers stay within the concurrency of the connection', async () => {
  const inFlight = meter(30)
  const vendor = fakeVendor(inFlight)
  talk(openFake(vendor, { batch: 10, settings: { concurrency: 3 } }))
  await bench.engine()
  await bench.engine()
  const runs = await Promise.all([bench.start(chain({ rows: people(200) })), bench.start(chain({ rows: people(200) }))])
  for (const run of runs) expect((await bench.until(run, ['completed'], 40_000)).law?.holds).toBe(true)
  expect(inFlight.most).toBeLessThanOrEqual(3)
  expect(inFlight.most).toBeGreaterThan(1)
  expect(vendor.got).toHaveLength(400)
  await bench.rest()
}, 60_000)

test('the rate of a connection holds over two runs on two workers, and is used', async () => {
  const at: number[] = []
  const vendor = fakeVendor({ before: () => void at.push(performance.now()) })
  const startedAt = performance.now()
  talk(openFake(vendor, { batch: 5, limits: { calls: { count: 20, perMs: 1_000 } } }))
  await bench.engine()
  await bench.engine()
  const runs = await Promise.all([bench.start(chain({ rows: people(150) })), bench.start(chain({ rows: people(150) }))])
  for (const run of runs) expect((await bench.until(run, ['completed'], 60_000)).law?.holds).toBe(true)
  expect(vendor.got).toHaveLength(300)
  // Bulk has 90 % of 20 a second, and no call begins before its time, however busy the machine is.
  for (const [index, time] of at.toSorted((a, b) => a - b).entries())
    expect(time - startedAt).toBeGreaterThan(index * (1_000 / 18) - 5)
  await bench.rest()
}, 90_000)

test('a slow limit, whose slices take seconds of it each, begins with a line at rest and is used', async () => {
  const slices: { at: number; rows: number }[] = []
  const vendor = fakeVendor({ before: ({ messages }) => void slices.push({ at: performance.now(), rows: messages.length }) })
  talk(openFake(vendor, { batch: 1_000, settings: { messagesPerSecond: 40 } }))
  await bench.engine()
  const startedAt = performance.now()
  const run = await bench.until(await bench.start(chain({ rows: people(200) })), ['completed'], 40_000)
  expect(run.law?.holds).toBe(true)
  expect(vendor.got).toHaveLength(200)
  // Bulk has 90 % of 40 a second: what went out before a call is paid for by the time that has passed.
  let before = 0
  for (const { at, rows } of slices) {
    expect(at - startedAt).toBeGreaterThan((before * 1_000) / 36 - 5)
    before += rows
  }
  await bench.rest()
}, 60_000)

test('a daily quota sends what it allows; the rest waits for tomorrow and uses up no attempt', async () => {
  const vendor = fakeVendor()
  talk(openFake(vendor, { batch: 30, settings: { messagesPerDay: 100, reservedPercent: 0 } }))
  // A second lane may hold a part of the quota for a moment, and this one would wait until it is looked at again.
  await bench.engine({}, { lanes: 1 })
  const runId = await bench.start(chain({ rows: people(250) }))
  const waiting = async (): Promise<boolean> => {
    const { rows } = await bench.database.pool.query<{ waits: boolean }>(
      `select bool_and(state <> 1 and (state = 2 or ready_at > now() + interval '5 seconds')) and bool_or(state = 0) as waits
       from run_chunk where run_no = (select run_no from workflow_run where id = $1)`,
      [runId],
    )
    return rows[0]?.waits === true
  }
  let waits = false
  for (let i = 0; i < 200 && !waits; i++) {
    await testClock.sleep(100)
    waits = await waiting()
  }
  expect(waits).toBe(true)
  expect(vendor.got).toHaveLength(100)
  expect((await bench.messages(runId)).every((row) => row.attempt === 1 && row.state === 'sent')).toBe(true)
  // Those whose time is over do not wait until tomorrow to be told so.
  await bench.database.pool.query(`update workflow_run set timed_from = now() - interval '2 days' where id = $1`, [runId])
  // A lane that had begun before that may put them off once more.
  const due = setInterval(() => {
    void bench.database.pool.query(
      'update run_chunk set ready_at = now() where state = 0 and run_no = (select run_no from workflow_run where id = $1)',
      [runId],
    )
  }, 500)
  try {
    expect((await bench.until(runId, ['completed'], 40_000)).law?.holds).toBe(true)
  } finally {
    clearInterval(due)
  }
  expect(states(await bench.messages(runId))).toEqual({ sent: 100, expired: 150 })
  await bench.rest()
}, 90_000)

test('calls that lie further apart than a lane waits are made, each at its time', async () => {
  const at: number[] = []
  const vendor = fakeVendor({ before: () => void at.push(performance.now()) })
  // Bulk has 90 % of it: a call each 2.8 s.
  talk(openFake(vendor, { batch: 1, limits: { calls: { count: 1, perMs: 2_500 } } }))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(3) }))
  expect((await bench.until(runId, ['completed'], 30_000)).law?.holds).toBe(true)
  expect(vendor.got).toHaveLength(3)
  for (const [index, time] of at.entries()) if (index > 0) expect(time - (at[index - 1] ?? 0)).toBeGreaterThan(2_500)
  await bench.rest()
}, 60_000)

test('a provider that is down: the breaker opens, one call at a time tries, and the run goes on when it works again', async () => {
  let down = true
  let whileDown = 0
  const vendor = fakeVendor({
    before: () => {
      if (!down) return
      whileDown++
      throw new CallFailed('temporary', new AppError('provider-unreachable', { provider: 'Fake', detail: 'ECONNREFUSED' }))
    },
  })
  talk(openFake(vendor, { batch: 10 }))
  await bench.engine({ limits: { breaker }, retryWaits: Array.from({ length: 40 }, () => 50) })
  await bench.engine({ limits: { breaker }, retryWaits: Array.from({ length: 40 }, () => 50) })
  const runId = await bench.start(chain({ rows: people(600) }))
  await testClock.sleep(3_000)
  const { rows } = await bench.database.pool.query<{ opens: number }>(
    `select opens from connection_limit where connection_id = 'alimtalk'`,
  )
  expect(rows[0]?.opens).toBeGreaterThan(0)
  // Four lanes on each of two workers failed until it opened; from then on one call at a time, each after a longer pause.
  expect(whileDown).toBeLessThan(40)
  down = false
  const run = await bench.until(runId, ['completed'], 60_000)
  expect(run.law?.holds).toBe(true)
  expect(vendor.got).toHaveLength(600)
  const closed = await bench.database.pool.query<{ opens: number }>(
    `select opens from connection_limit where connection_id = 'alimtalk'`,
  )
  expect(closed.rows[0]?.opens).toBe(0)
  await bench.rest()
}, 90_000)

test('Retry-After holds the whole connection', async () => {
  const at: number[] = []
  const vendor = fakeVendor({
    before: () => {
      at.push(performance.now())
      if (at.length === 1)
        throw new CallFailed('temporary', new AppError('provider-busy', { provider: 'Fake', code: '429' }), 3_000)
    },
  })
  talk(openFake(vendor, { batch: 10, settings: { concurrency: 1 } }))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(50) }))
  expect((await bench.until(runId, ['completed'], 30_000)).law?.holds).toBe(true)
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(2_900)
  expect(vendor.got).toHaveLength(50)
  await bench.rest()
}, 60_000)

test('cancel is felt by a window at once, and every recipient has an outcome', async () => {
  const vendor = fakeVendor({ before: () => testClock.sleep(100) })
  talk(openFake(vendor, { batch: 1, settings: { concurrency: 10 } }))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(3_000) }))
  while (vendor.calls < 20) await testClock.sleep(20)
  const cancelledAt = Date.now()
  await bench.cancel(runId)
  const run = await bench.until(runId, ['cancelled'], 30_000)
  expect(run.law?.holds).toBe(true)
  expect(vendor.got.every(({ at }) => at - cancelledAt < 2_000)).toBe(true)
  const messages = await bench.messages(runId)
  expect(messages).toHaveLength(3_000)
  expect(messages.filter(({ state }) => state === 'sent')).toHaveLength(vendor.got.length)
  await bench.rest()
}, 60_000)

const wrongKey: SendResult = { state: 'failed', class: 'configuration', code: 'K1', detail: '' }
test('a window that finds the account not set up right pauses the run; what was answered is kept', async () => {
  const vendor = fakeVendor({ answer: (_, call) => (call === 30 ? wrongKey : undefined) })
  talk(openFake(vendor, { batch: 1, settings: { concurrency: 5 } }))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(200) }))
  await bench.until(runId, ['paused'])
  await testClock.sleep(500)
  const messages = await bench.messages(runId)
  expect(messages.filter(({ state }) => state === 'sent')).toHaveLength(vendor.got.length)
  expect(messages.filter(({ state }) => state === 'errored')).toHaveLength(1)
  await bench.cancel(runId)
  expect((await bench.until(runId, ['cancelled'])).law?.holds).toBe(true)
  await bench.rest()
}, 60_000)

test('a window that a dead worker left in doubt: what arrived is found, the rest is sent, call by call', async () => {
  const { pool } = bench.database
  await pool.query(
    `insert into connection_limit (workspace_id, connection_id, held_until) values ($1, 'alimtalk', now() + interval '10 minutes')
     on conflict (workspace_id, connection_id) do update set held_until = excluded.held_until`,
    [workspaceId],
  )
  const vendor = fakeVendor({ lookup: true })
  talk(openFake(vendor, { batch: 1, settings: { concurrency: 6 } }))
  await bench.engine()
  const runId = await bench.start(chain({ rows: people(40) }))
  const { run_no: runNo } = await bench.until(runId, ['waiting'])
  // Ten rows were claimed by somebody who died; four of them had arrived, in no order.
  for (const seq of [2, 3, 7, 9]) {
    const key = messageId({ runNo, nodeNo: 3, seq, attempt: 1 })
    vendor.got.push({ key, to: phone(seq), body: '', at: 0 })
  }
  await pool.query(`update connection_limit set held_until = now() where connection_id = 'alimtalk'`)
  // The worker looks at the row again before it sends anybody away, unless it did so a moment ago.
  await testClock.sleep(400)
  await pool.query('update run_chunk set claimed = 10, doubt = 1, ready_at = now() where run_no = $1 and state = 0', [runNo])
  expect((await bench.until(runId, ['completed'], 30_000)).law?.holds).toBe(true)
  expect(new Set(vendor.got.map(({ to }) => to)).size).toBe(40)
  expect(vendor.got).toHaveLength(40)
  expect(states(await bench.messages(runId))).toEqual({ sent: 40 })
  await bench.rest()
}, 60_000)

test('single sends do not wait behind bulk that fills its share', async () => {
  const { pool } = bench.database
  const vendor = fakeVendor()
  const open = openFake(vendor, { batch: 1, limits: { calls: { count: 40, perMs: 2_000 } } })
  const place = { workspaceId, connectionId: 'shared', type: open.type, settings: { reservedPercent: 20 } }
  const limits = createLimits({ pool, worker: 9_001, log: testLog })
  const bulk = limits.gate(place, 'bulk')
  const single = limits.gate(place, 'single')
  const patience = { patienceMs: 2_000, stopped: () => false }
  const startedAt = performance.now()
  const lead = async (gate: typeof bulk): Promise<number> => {
    const leave = await gate.ask(1, patience)
    if (leave.kind === 'wait') return Number.POSITIVE_INFINITY
    leave.ended({ kind: 'answered' })
    return leave.at - performance.now()
  }
  for (let i = 0; i < 20; i++) await lead(bulk)
  const waits = [await lead(bulk), await lead(single), await lead(single)]
  // Twenty bulk calls at 16 a second take more than a second; the two single ones begin at once.
  expect(waits[0]).toBeGreaterThan(1_250 - (performance.now() - startedAt))
  expect(waits[1]).toBeLessThan(50)
  expect(waits[2]).toBeLessThan(50)
  await limits.stop()
})
