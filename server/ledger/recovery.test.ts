import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Bench } from '#server/worker/test/harness.ts'
import { ALIVE_LOCK } from './alive.ts'
import { finishRun } from './finish.ts'
import type { SendRun } from './ledger-run.ts'
import { createSendLedger } from './send-ledger.ts'
import { steadyLedger } from './steady.ts'
import { runsWithLostChunks, sweepChunks } from './sweep.ts'
import { nodeNo, said, spooled, take, taken } from './test/one-chunk.ts'

// The sweep and what it leaves behind, statement by statement; no engine works here.

const SENDING = 3
let bench: Bench

beforeAll(async () => (bench = await Bench.open()))
afterAll(() => bench.close())

async function stored(run: SendRun): Promise<unknown> {
  const { rows } = await bench.database.pool.query(
    'select state, owner, claimed, doubt, ready_at > now() as waits from run_chunk where run_no = $1 and node_no = $2',
    [run.runNo, nodeNo],
  )
  return rows[0]
}

const pool = (): pg.Pool => bench.database.pool
const sweep = (run: SendRun, worker: number, graceMs = 0, held: { runNo: number; nodeNo: number; no: number }[] = []) =>
  sweepChunks(pool(), { runNo: run.runNo, worker, held, graceMs })

/** A worker's lock, held on a connection of the test's. */
async function alive(no: number, url = bench.database.url): Promise<pg.Client> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('select pg_advisory_lock($1, $2)', [ALIVE_LOCK, no])
  return client
}

test('the chunk of a living worker is left alone until its deadline; then its rows are in doubt, and it may only sleep', async () => {
  const run = await spooled(bench, 10)
  const lock = await alive(10)
  await taken(run)
  const find = { worker: 11, held: [], states: [SENDING] }
  expect(await runsWithLostChunks(pool(), find)).toEqual([])
  expect(await sweep(run, 11)).toEqual([])
  await pool().query('update run_chunk set send_deadline = now() where run_no = $1', [run.runNo])
  expect((await runsWithLostChunks(pool(), find)).map(({ runNo }) => runNo)).toEqual([run.runNo])
  expect(await sweep(run, 11, 5_000)).toMatchObject([{ no: 1, owner: 10 }])
  expect(await stored(run)).toEqual({ state: 0, owner: null, claimed: 40, doubt: 2, waits: true })
  await lock.end()
})

test('a worker of another installation in the same cluster keeps no chunk of a dead one', async () => {
  const run = await spooled(bench, 12)
  const other = await alive(12, bench.database.adminUrl)
  await taken(run)
  expect(await sweep(run, 11)).toHaveLength(1)
  expect(await stored(run)).toEqual({ state: 0, owner: null, claimed: 40, doubt: 1, waits: false })
  await other.end()
})

test('an untouched chunk of a dead worker is as it was, whatever the grace', async () => {
  const run = await spooled(bench, 13)
  await taken(run, { ...take, slice: 0 })
  expect(await sweep(run, 11, 60_000)).toHaveLength(1)
  expect(await stored(run)).toEqual({ state: 0, owner: null, claimed: 0, doubt: 0, waits: false })
})

test('our own chunk that no lane holds is freed after its deadline, one that a lane holds is not', async () => {
  const run = await spooled(bench, 14)
  const lock = await alive(14)
  const chunk = await taken(run)
  expect(await sweep(run, 14)).toEqual([])
  await pool().query('update run_chunk set send_deadline = now() where run_no = $1', [run.runNo])
  expect(await sweep(run, 14, 0, [{ runNo: run.runNo, nodeNo, no: chunk.no }])).toEqual([])
  expect(await sweep(run, 14)).toHaveLength(1)
  // No call of ours is under way: what the provider does not know was not sent.
  expect(await stored(run)).toMatchObject({ state: 0, doubt: 1 })
  await lock.end()
})

test('who may only sleep stays suspect, though one after him dies, until the last row is settled', async () => {
  const run = await spooled(bench, 15)
  const sleeper = await alive(15)
  await taken(run)
  await pool().query('update run_chunk set send_deadline = now() where run_no = $1', [run.runNo])
  await sweep(run, 11)
  const second = { ...run, worker: 16 }
  const chunk = await taken(second)
  expect(chunk).toMatchObject({ doubt: 'asleep', recorded: 0, from: 40, claimed: 40 })
  // It settles a part of what is in doubt, and dies.
  expect(await createSendLedger(second, 60_000).record(chunk, said(0, 10, 'unconfirmed'))).toBe('recorded')
  expect(await stored(run)).toMatchObject({ doubt: 2 })
  await sweep(run, 11)
  const third = await taken({ ...run, worker: 17 })
  expect(third).toMatchObject({ doubt: 'asleep', recorded: 10, from: 40 })
  expect(await createSendLedger({ ...run, worker: 17 }, 60_000).record(third, said(10, 40, 'unconfirmed'))).toBe('recorded')
  expect(await stored(run)).toMatchObject({ doubt: 0, claimed: 40 })
  await sleeper.end()
})

test('a fenced-out worker hands forward what it knows, once, and only where others knew nothing', async () => {
  const run = await spooled(bench, 18)
  const mine = await taken(run)
  await sweep(run, 11)
  const second = { ...run, worker: 19 }
  const theirs = await taken(second)
  const ledger = createSendLedger(run, 60_000)
  const other = createSendLedger(second, 60_000)
  // Nothing is judged yet: it is waited for.
  const waiting = ledger.handForward(mine, said(0, 40, 'sent'))
  await other.record(theirs, said(0, 20, 'unconfirmed'))
  await other.record(theirs, said(20, 40, 'sent'))
  expect(await ledger.record(mine, said(0, 40, 'sent'))).toBe('fenced')
  expect(await waiting).toBe(20)
  expect(await ledger.handForward(mine, said(0, 40, 'sent'))).toBe(0)
  expect(await ledger.handForward(mine, said(0, 40, 'failed'))).toBe(0)
  const { rows } = await pool().query(
    `select (select count(*)::int from messages m where m.run_no = $1 and m.state = 2) as sent, (select json_agg(c order by c.state) from
       (select state, n from run_report_counts where run_no = $1) c) as deltas,
       (select m.provider_id from messages m where m.run_no = $1 and m.seq = 1) as id,
       (select jsonb_array_length(m.history) from messages m where m.run_no = $1 and m.seq = 1) as moves`,
    [run.runNo],
  )
  expect(rows[0]).toEqual({
    sent: 40,
    deltas: [
      { state: 2, n: 20 },
      { state: expect.any(Number), n: -20 },
    ],
    id: 'P0',
    moves: 2,
  })
})

/** The tables over a connection that breaks: once before a statement gets through, or once after it was committed. */
function breaking(run: SendRun, when: 'before' | 'after'): SendRun & { broken: number } {
  const real = run.pool
  const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  const flaky = {
    ...run,
    broken: 0,
    pool: {
      async query(statement: pg.QueryConfig) {
        const breaks = flaky.broken++ === 0
        if (breaks && when === 'before') throw reset
        const answer: unknown = await real.query(statement)
        if (breaks) throw reset
        return answer
      },
      // Of a transaction, it is the commit that breaks.
      async connect() {
        const client = await real.connect()
        return {
          async query(statement: pg.QueryConfig | string, values?: unknown[]) {
            const breaks = statement === 'commit' && flaky.broken++ === 0
            if (breaks && when === 'before') throw reset
            const answer: unknown = await client.query(statement as string, values)
            if (breaks) throw reset
            return answer
          },
          release: (error?: boolean) => client.release(error),
        }
      },
    } as never,
  }
  return flaky
}

test.each(['before', 'after'] as const)('a record whose connection breaks %s it is committed is written once', async (when) => {
  const run = await spooled(bench, 20)
  const chunk = await taken(run)
  const flaky = breaking(run, when)
  const ledger = steadyLedger(createSendLedger(flaky, 60_000), [10])
  expect(await ledger.record(chunk, said(0, 40, 'sent'))).toBe('recorded')
  expect(flaky.broken).toBe(2)
  const { rows } = await pool().query(
    'select sent, claimed, state, (select count(*)::int from messages m where m.run_no = k.run_no) as rows from run_chunk k where run_no = $1 and node_no = $2',
    [run.runNo, nodeNo],
  )
  expect(rows[0]).toEqual({ sent: 40, claimed: 40, state: 1, rows: 40 })
})

test.each(['before', 'after'] as const)(
  'who hands forward over a connection that breaks %s the commit does it once; a run that has ended says so anew',
  async (when) => {
    const run = await spooled(bench, 22)
    const mine = await taken(run)
    await sweep(run, 11)
    const second = { ...run, worker: 23 }
    const other = createSendLedger(second, 60_000)
    const theirs = await taken(second)
    await other.record(theirs, said(0, 40, 'unconfirmed'))
    await other.record({ ...theirs, from: 40 }, said(40, 100, 'sent'))
    expect(await finishRun(pool(), run)).toBe('completed')
    const end = async (): Promise<unknown> =>
      (await pool().query('select outcomes, law from workflow_run where run_no = $1', [run.runNo])).rows[0]
    expect(await end()).toMatchObject({ outcomes: { sent: 60, unconfirmed: 40 }, law: { holds: true } })

    const flaky = breaking(run, when)
    const ledger = steadyLedger(createSendLedger(flaky, 60_000), [10])
    expect(await ledger.handForward(mine, said(0, 40, 'sent'))).toBe(when === 'before' ? 40 : 0)
    expect(flaky.broken).toBe(2)
    expect(await end()).toMatchObject({ outcomes: { sent: 100 }, law: { holds: true } })
    const { rows } = await pool().query('select state, n from run_report_counts where run_no = $1 order by n', [run.runNo])
    expect(rows.map(({ n }) => n)).toEqual([-40, 40])
  },
)

test('a broken connection is a passing trouble, any other fault is not', async () => {
  const run = await spooled(bench, 21)
  const down = { ...run, pool: { query: () => Promise.reject(Object.assign(new Error('x'), { code: '57P01' })) } as never }
  await expect(steadyLedger(createSendLedger(down, 1), []).take(take)).rejects.toMatchObject({
    code: 'part-down',
    retryable: true,
  })
  const wrong = { ...run, pool: { query: () => Promise.reject(new Error('a fault')) } as never }
  await expect(steadyLedger(createSendLedger(wrong, 1), []).take(take)).rejects.toThrow('a fault')
})
