import type { PoolClient } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { leaseCalls } from './lease.ts'
import type { LimitPlace } from './place.ts'
import { reportHealth, type HealthNews } from './report-health.ts'
import { reserve, unreserve, type Reservation } from './reserve.ts'

const workspaceId = '00000000-0000-7000-8000-000000000001'
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.pool.query('insert into workspace (id, name, hash_key_enc) values ($1, $2, $3)', [
    workspaceId,
    'test',
    Buffer.alloc(1),
  ])
})
afterAll(() => database.close())

const place = (connectionId: string): LimitPlace => ({ pool: database.pool, workspaceId, connectionId })
const asking = (part: Partial<Reservation> = {}): Reservation => ({
  lineMs: 1_000,
  reserveMs: null,
  reserveBurstMs: 0,
  patienceMs: 600_000,
  messages: 1,
  perDay: null,
  probeMs: 20_000,
  limitedBy: null,
  ...part,
})
const news = (part: Partial<HealthNews>): HealthNews => ({
  answered: 0,
  failed: 0,
  busy: 0,
  retryAfterMs: null,
  probe: null,
  ...part,
})
const rules = { failures: 5, openMs: 5_000, mostOpenMs: 300_000, rated: true }

test('calls stand in one line, whoever asks for them', async () => {
  const from = place('line')
  const waits = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const got = await reserve(from, asking({ lineMs: 60_000, patienceMs: 3_600_000 }))
      return got.kind === 'granted' ? Math.round(got.waitMs / 60_000) : got
    }),
  )
  expect(waits.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 20 }, (_, place) => place))
})

test('who is not patient enough reserves nothing', async () => {
  const from = place('patience')
  await reserve(from, asking({ lineMs: 60_000 }))
  expect(await reserve(from, asking({ patienceMs: 2_000 }))).toMatchObject({ kind: 'wait', why: 'line' })
  const next = await reserve(from, asking({ patienceMs: 600_000 }))
  expect(next.kind === 'granted' && next.waitMs <= 60_000).toBe(true)
})

test('the kept line is free while bulk fills the other one, and has its own measure', async () => {
  const from = place('kept')
  await reserve(from, asking({ lineMs: 500_000 }))
  const single = asking({ reserveMs: 60_000, reserveBurstMs: 120_000, patienceMs: 1_000 })
  const got = []
  for (let i = 0; i < 5; i++) got.push((await reserve(from, single)).kind)
  // Two that were saved up, and one that begins at once; then it is used up.
  expect(got).toEqual(['granted', 'granted', 'granted', 'wait', 'wait'])
})

test('a day holds so many messages, and those that were not sent do not count', async () => {
  const from = place('day')
  expect(await reserve(from, asking({ lineMs: 0, messages: 800, perDay: 1_000 }))).toMatchObject({ messages: 800 })
  expect(await reserve(from, asking({ lineMs: 0, messages: 800, perDay: 1_000 }))).toMatchObject({ messages: 200 })
  const over = await reserve(from, asking({ lineMs: 0, messages: 800, perDay: 1_000 }))
  expect(over.kind === 'wait' && over.why === 'day' && over.ms > 0 && over.ms <= 86_400_000).toBe(true)
  await unreserve(from, { messages: 50 })
  expect(await reserve(from, asking({ lineMs: 0, messages: 800, perDay: 1_000 }))).toMatchObject({ messages: 50 })
})

test('a piece of the line that is not used goes back while nobody has bought behind it, and is lost else', async () => {
  const from = place('given-back')
  const buy = async () => {
    const got = await reserve(from, asking({ lineMs: 60_000 }))
    if (got.kind !== 'granted') throw new Error(got.why)
    return got
  }
  const minutes = ({ waitMs }: { waitMs: number }): number => Math.round(waitMs / 60_000)
  const first = await buy()
  const second = await buy()
  // The second call's time is its own: the third must not get it as well.
  await unreserve(from, { lineMs: 60_000, lineEnd: first.lineEnd })
  const third = await buy()
  expect([first, second, third].map(minutes)).toEqual([0, 1, 2])
  await unreserve(from, { lineMs: 60_000, lineEnd: third.lineEnd })
  expect(minutes(await buy())).toBe(2)
})

test('the time that a provider asks for holds the whole connection', async () => {
  const from = place('held')
  await reportHealth(from, { news: news({ answered: 3, retryAfterMs: 90_000 }), rules })
  const got = await reserve(from, asking())
  expect(got.kind === 'wait' && got.why === 'held' && got.ms > 80_000 && got.ms <= 90_000).toBe(true)
})

test('429 without a time halves the rate, and once for all calls that were in flight', async () => {
  const from = place('halved')
  await reportHealth(from, { news: news({ busy: 1 }), rules })
  await reportHealth(from, { news: news({ busy: 4 }), rules })
  const got = await reserve(from, asking({ lineMs: 1_000 }))
  expect(got.kind === 'granted' && got.lineMs > 1_900 && got.lineMs <= 2_000).toBe(true)
  await database.pool.query(`update connection_limit set paced_at = now() - interval '30 seconds' where connection_id = 'halved'`)
  const later = await reserve(from, asking({ lineMs: 1_000 }))
  expect(later.kind === 'granted' && Math.abs(later.lineMs - 1_250) < 20).toBe(true)
})

test('429 without a time and without a rate: a rest, a longer one each time', async () => {
  const from = place('rest')
  const first = await reportHealth(from, { news: news({ busy: 2 }), rules: { ...rules, rated: false } })
  expect(Math.round(first.heldForMs / 1000)).toBe(2)
  await database.pool.query(`update connection_limit set held_until = now() where connection_id = 'rest'`)
  const second = await reportHealth(from, { news: news({ busy: 1 }), rules: { ...rules, rated: false } })
  expect(Math.round(second.heldForMs / 1000)).toBe(4)
})

test('the breaker opens after failures in a row, lets one call try, and opens longer when that fails', async () => {
  const from = place('breaker')
  expect((await reportHealth(from, { news: news({ failed: 4 }), rules })).opens).toBe(0)
  expect((await reportHealth(from, { news: news({ answered: 2 }), rules })).score).toBe(3)
  const open = await reportHealth(from, { news: news({ failed: 2 }), rules })
  expect(open.opens).toBe(1)
  expect(Math.round(open.openForMs / 1000)).toBe(5)
  expect(await reserve(from, asking())).toMatchObject({ kind: 'wait', why: 'breaker' })
  // What was in flight fails too: it changes nothing.
  expect(await reportHealth(from, { news: news({ failed: 9 }), rules })).toMatchObject({ opens: 1 })
  await database.pool.query(`update connection_limit set open_until = now() where connection_id = 'breaker'`)
  const tries = await Promise.all(Array.from({ length: 6 }, () => reserve(from, asking({ lineMs: 0 }))))
  expect(tries.filter((one) => one.kind === 'granted' && one.probe)).toHaveLength(1)
  expect(tries.filter((one) => one.kind === 'wait' && one.why === 'breaker')).toHaveLength(5)
  const again = await reportHealth(from, { news: news({ failed: 1, probe: 'failed' }), rules })
  expect(again.opens).toBe(2)
  expect(Math.round(again.openForMs / 1000)).toBe(10)
  await database.pool.query(`update connection_limit set open_until = now() where connection_id = 'breaker'`)
  expect(await reserve(from, asking({ lineMs: 0 }))).toMatchObject({ kind: 'granted', probe: true })
  expect(await reportHealth(from, { news: news({ answered: 1, probe: 'answered' }), rules })).toMatchObject({
    opens: 0,
    score: 0,
  })
  expect(await reserve(from, asking({ lineMs: 0 }))).toMatchObject({ kind: 'granted', probe: false })
})

/** Workers that live: each holds its lock on a connection of its own. */
async function alive(...numbers: number[]): Promise<{ die(no: number): Promise<void>; end(): Promise<void> }> {
  const clients = new Map<number, PoolClient>()
  for (const no of numbers) {
    const client = await database.pool.connect()
    await client.query('select pg_advisory_lock(7001, $1)', [no])
    clients.set(no, client)
  }
  const die = async (no: number): Promise<void> => {
    await clients.get(no)?.query('select pg_advisory_unlock(7001, $1)', [no])
    clients.get(no)?.release()
    clients.delete(no)
  }
  return {
    die,
    async end() {
      for (const no of clients.keys()) await die(no)
    },
  }
}

test('calls in flight are shared among the workers that live, and never more than allowed', async () => {
  const from = place('lease')
  const workers = await alive(1, 2, 3)
  const lease = (worker: number, busy: number, wanted: number) => leaseCalls(from, { worker, concurrency: 4, busy, wanted })
  expect(await lease(1, 0, 8)).toBe(4)
  // All are in flight: the second gets none until the first gives some up.
  expect(await lease(2, 0, 8)).toBe(0)
  expect(await lease(1, 4, 8)).toBe(4)
  expect(await lease(1, 1, 8)).toBe(2)
  expect(await lease(2, 0, 8)).toBe(2)
  // Who wants less leaves the rest to others.
  expect(await lease(2, 1, 1)).toBe(1)
  expect(await lease(1, 2, 8)).toBe(3)
  await workers.die(1)
  expect(await lease(2, 1, 8)).toBe(4)
  await workers.end()
})

test('with more workers than calls they take turns', async () => {
  const from = place('turns')
  const workers = await alive(1, 2)
  const had = new Set<number>()
  for (let i = 0; i < 40 && had.size < 2; i++) {
    const calls = [1, 2].map(async (worker) => [worker, await leaseCalls(from, { worker, concurrency: 1, busy: 0, wanted: 4 })])
    const got = await Promise.all(calls)
    const holders = got.filter(([, count]) => count === 1)
    for (const [worker] of holders) had.add(Number(worker))
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  expect([...had].toSorted((a, b) => a - b)).toEqual([1, 2])
  const { rows } = await database.pool.query<{ sum: number }>(
    `select coalesce(sum(calls), 0)::int as sum from connection_lease where connection_id = 'turns'`,
  )
  expect(rows[0]?.sum).toBeLessThanOrEqual(1)
  await workers.end()
})

test('workers that ask at the same moment never get more than allowed together', async () => {
  const workers = await alive(1, 2, 3, 4)
  for (let round = 0; round < 5; round++) {
    const from = place(`race-${round}`)
    const got = await Promise.all([1, 2, 3, 4].map((worker) => leaseCalls(from, { worker, concurrency: 5, busy: 0, wanted: 5 })))
    expect(got.reduce((sum, calls) => sum + calls, 0)).toBeLessThanOrEqual(5)
  }
  await workers.end()
})
