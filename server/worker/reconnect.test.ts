import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createPool } from '#server/database/connect.ts'
import { createBoss, enqueue } from '#server/jobs/boss.ts'
import { startScheduler } from '#server/schedules/scheduler.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { takeIdentity } from './identity.ts'
import { Bench } from './test/harness.ts'
import { chain, people } from './test/people.ts'
import { fakeVendor, openFake } from './test/provider.ts'
import { testClock } from './test/test-engine.ts'

// What holds a connection for long goes on by itself after the database cut it off.

let bench: Bench
beforeAll(async () => (bench = await Bench.open()))
afterEach(() => bench.rest())
afterAll(() => bench.close())

/** Cuts off connections, as a restart of the database does. Default: all but the one that asks. @returns how many */
async function cutOff(name = '%'): Promise<number> {
  const { rowCount } = await bench.database.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name like $1',
    [name],
  )
  return rowCount ?? 0
}

test('a worker whose lock is gone hears of it once, and gives up its number', async () => {
  let lost = 0
  const identity = await takeIdentity({
    databaseUrl: bench.database.url,
    log: quietLog(),
    nodeTypes: [],
    lanes: 1,
    onLost: () => lost++,
  })
  expect(await cutOff('alimflow worker alive')).toBe(1)
  await expect.poll(() => lost).toBe(1)
  await sleep(100)
  expect(lost).toBe(1)
  await identity.release()
})

test('a worker shows that it is there, and one whose database falls silent notices', async () => {
  let lost = 0
  const identity = await takeIdentity({
    databaseUrl: bench.database.url,
    log: quietLog(),
    nodeTypes: [],
    lanes: 1,
    beatMs: 50,
    onLost: () => lost++,
  })
  const seen = async (): Promise<string> =>
    (await bench.database.pool.query<{ seen_at: string }>('select seen_at from worker where no = $1', [identity.no])).rows[0]
      ?.seen_at ?? ''
  const first = await seen()
  await expect.poll(seen).not.toBe(first)
  // Its sign of life gets no answer: somebody holds the row.
  const blocker = await bench.database.pool.connect()
  await blocker.query('begin')
  await blocker.query('select 1 from worker where no = $1 for update', [identity.no])
  await expect.poll(() => lost).toBe(1)
  await blocker.query('rollback')
  blocker.release()
})

test('the job queue goes on', { timeout: 30_000 }, async () => {
  const log = quietLog()
  const boss = await createBoss({ databaseUrl: bench.database.url, log })
  const done: string[] = []
  await boss.work<{ runId: string }>(
    'run-finish',
    { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 },
    async (jobs) => {
      for (const job of jobs) done.push(job.data.runId)
    },
  )
  await enqueue(boss, { name: 'run-finish', data: { runId: 'before' }, key: 'before' })
  await expect.poll(() => done, { timeout: 10_000 }).toEqual(['before'])
  expect(await cutOff('alimflow jobs')).toBeGreaterThan(0)
  await expect
    .poll(
      () =>
        enqueue(bench.boss, { name: 'run-finish', data: { runId: 'after' }, key: 'after' }).then(
          () => true,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true)
  await expect.poll(() => done, { timeout: 15_000 }).toEqual(['before', 'after'])
  await boss.stop({ graceful: false })
})

test('the scheduler goes on looking', async () => {
  const log = quietLog()
  const pool = createPool({ url: bench.database.url, log, name: 'test scheduler', max: 2 })
  let looks = 0
  const clock = {
    sleep: (_: number, signal?: AbortSignal) => testClock.sleep(20, signal),
  }
  const scheduler = startScheduler({
    pool,
    boss: bench.boss,
    runKeys: bench.deps.runKeys,
    log,
    clock,
    now: () => (looks++, new Date()),
  })
  await expect.poll(() => looks, { timeout: 15_000 }).toBeGreaterThan(3)
  await cutOff('test scheduler')
  const before = looks
  await expect.poll(() => looks, { timeout: 15_000 }).toBeGreaterThan(before + 2)
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await scheduler.stop()
  await pool.end()
})

test(
  'every connection is cut off in mid-run: the worker starts again under a new number, and everybody gets it once',
  { timeout: 90_000 },
  async () => {
    const talk = fakeVendor({ lookup: true, before: () => sleep(60) })
    bench.providers.set('alimtalk', openFake(talk, { batch: 100 }))
    // As the supervisor does when the process ends.
    const numbers: number[] = []
    const restart = async (): Promise<void> => {
      const engine = await bench.engine(
        { windowMs: 8_000 },
        { onLost: () => void restart().catch(() => sleep(200).then(restart)) },
      )
      numbers.push(engine.no)
    }
    await restart()
    const runId = await bench.start(chain({ rows: people(6000) }))
    await expect.poll(() => talk.calls, { timeout: 20_000 }).toBeGreaterThan(8)
    await cutOff()
    const run = await bench.until(runId, ['completed'], 70_000)
    expect(run).toMatchObject({ outcomes: { sent: 6000 }, law: { holds: true, broken: [] } })
    expect(talk.got).toHaveLength(6000)
    expect(new Set(numbers).size).toBeGreaterThan(1)
  },
)
