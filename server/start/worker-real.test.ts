import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LIVING } from '#server/ledger/alive.ts'
import { testDatabase, type TestDatabase } from '#server/test/database.ts'
import { quietLog } from '#server/test/quiet-log.ts'
import { superviseWorker } from './worker-child.ts'

// The worker process itself, as `alimflow worker` starts it.

let database: TestDatabase
beforeAll(async () => (database = await testDatabase()))
afterAll(() => database.close())

const START_MS = 90_000

async function living(): Promise<{ no: number; pid: number; lanes: number; types: number }[]> {
  const { rows } = await database.pool.query<{ no: number; pid: number; lanes: number; types: number }>(
    `select no, pid, lanes, cardinality(node_types) as types from worker where no = any(${LIVING}) order by no`,
  )
  return rows
}

test(
  'it takes its place; one that loses it starts again under a new number; a stop leaves nothing',
  { timeout: 3 * START_MS },
  async () => {
    const log = quietLog()
    const secretKeyHex = randomBytes(32).toString('hex')
    const worker = superviseWorker({
      start: { type: 'start', databaseUrl: database.url, secretKeyHex, sampleUrl: null, lanes: 3 },
      log,
    })
    await expect.poll(() => worker.state(), { timeout: START_MS, interval: 200 }).toBe('ok')
    const [first] = await living()
    expect(first).toMatchObject({ pid: worker.pid(), lanes: 3 })
    expect(first?.types).toBeGreaterThan(5)
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'alimflow worker alive' and datname = current_database()`,
    )
    const second = async (): Promise<number> => (await living()).find(({ no }) => no !== first?.no)?.no ?? 0
    await expect.poll(second, { timeout: START_MS, interval: 200 }).toBeGreaterThan(first?.no ?? 0)
    await expect.poll(() => worker.state(), { timeout: START_MS, interval: 200 }).toBe('ok')
    expect(worker.pid()).not.toBe(first?.pid)
    await worker.stop()
    expect(await living()).toEqual([])
    expect((await database.pool.query('select 1 from worker')).rows).toEqual([])
  },
)
