import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RowResults, SliceRecord, TakenChunk } from '#runtime/run/ledger.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { chain, people } from '#server/worker/test/people.ts'
import { createAddressHash } from './address-hash.ts'
import { openRunKey } from './run-key.ts'
import { createSendLedger } from './send-ledger.ts'
import { spool } from '#runtime/run/spool.ts'
import { createSpoolLedger } from './spool-ledger.ts'
import { sweepChunks } from './sweep.ts'
import type { SendRun } from './ledger-run.ts'

let bench: Bench
let run: SendRun
const plan = chain({ rows: people(1500) })
const nodeNo = 3

beforeAll(async () => {
  bench = await Bench.open()
  const runId = await bench.start(plan)
  const { rows } = await bench.database.pool.query<{ run_no: string; key_enc: Buffer }>(
    'select run_no, key_enc from workflow_run',
  )
  const row = rows[0]
  if (!row) throw new Error('no run')
  run = {
    pool: bench.database.pool,
    plan,
    runNo: Number(row.run_no),
    key: openRunKey(bench.deps.runKeys, runId, row.key_enc),
    worker: 900,
    hash: createAddressHash(randomBytes(32)),
  }
  const client = await bench.database.pool.connect()
  const context = { signal: new AbortController().signal } as never // the test's source needs no more
  await spool({ plan, ledger: createSpoolLedger(run, client), context: () => context })
  client.release(true)
})
afterAll(() => bench.close())

const options = { nodeNo, slice: 400, windowMs: 60_000, closing: false }

function sent(chunk: TakenChunk, from: number, to: number): SliceRecord {
  const every = <T>(value: T): T[] => Array.from({ length: to - from }, () => value)
  const results: RowResults = {
    states: every('sent' as const),
    hashes: every(null),
    providerIds: every('P'),
    errorCodes: every(null),
    costs: every(null),
    moved: every(false),
  }
  const rows = { names: ['id'], seqs: [1], columns: [[1]], messages: null }
  const next = { nodeNo, attempt: 2, rows, answers: null, readyInMs: 0, held: false }
  const call = { handle: null, accepted: to - from, bodyHash: Buffer.alloc(32), pollInMs: null, closesInMs: null }
  return { from, to, next: to, results, chunks: [next], call, counts: [{ nodeNo, port: 0, rows: 1 }], reads: [] }
}

async function everything(): Promise<unknown> {
  const count = async (table: string): Promise<unknown> =>
    (await bench.database.pool.query(`select count(*)::int as n from ${table}`)).rows[0]
  return [await count('messages'), await count('run_chunk'), await count('run_call'), await count('run_node')]
}

test('the spool makes full chunks, and a chunk is taken by one worker only', async () => {
  const ledger = createSendLedger(run, 60_000)
  const all = await Promise.all([ledger.take(options), ledger.take(options), ledger.take(options)])
  const taken = all.filter((chunk) => chunk !== null)
  expect(taken.map((chunk) => chunk.n).toSorted((a, b) => a - b)).toEqual([500, 1000])
  expect(taken.map((chunk) => chunk.claimed)).toEqual([400, 400])
  for (const chunk of taken) await ledger.giveBack(chunk, { claimed: 0, readyInMs: 0, doubt: 'none' })
})

test('a worker whose chunk was taken over records nothing, begins no call, freezes nothing, gives nothing back', async () => {
  // Nobody judges here: it is not waited for.
  const ledger = createSendLedger({ ...run, judgement: { waitsMs: [10] } }, 60_000)
  const mine = await ledger.take(options)
  if (!mine) throw new Error('no chunk')
  // Another worker finds that nobody holds lock 7001/900 and frees the chunk.
  expect(await sweepChunks(bench.database.pool, { runNo: run.runNo, worker: 901, held: [], graceMs: 0 })).toHaveLength(1)
  const other = createSendLedger({ ...run, worker: 901 }, 60_000)
  const untouched = await other.take(options)
  const theirs = await other.take(options)
  if (untouched) await other.giveBack(untouched, { claimed: 0, readyInMs: 0, doubt: 'none' })
  expect(theirs).toMatchObject({ no: mine.no, recorded: 0, from: 400, claimed: 400, doubt: 'dead', epoch: mine.epoch + 2 })
  const before = await everything()
  expect(await ledger.record(mine, sent(mine, 0, 400))).toBe('fenced')
  expect(await ledger.begin(mine, { from: 0, handle: 'G1' })).toBe(false)
  expect(await ledger.freeze(mine, { answers: {}, claim: 800, windowMs: 1 })).toBeNull()
  await ledger.giveBack(mine, { claimed: 0, readyInMs: 0, doubt: 'none' })
  expect(await ledger.reshape([mine], { chunks: [], leftOut: [], chosenOut: 0, counts: [], reads: [] })).toBe(false)
  expect(await everything()).toEqual(before)
  const { rows } = await bench.database.pool.query('select state, claimed, sent, owner from run_chunk where no = $1', [mine.no])
  expect(rows).toEqual([{ state: 1, claimed: 400, sent: 0, owner: 901 }])
})

test('the one who has it records everything in one statement, and hears that the run was stopped', async () => {
  const ledger = createSendLedger({ ...run, worker: 902 }, 60_000)
  const chunk = await ledger.take(options)
  if (!chunk) throw new Error('no chunk')
  expect(await ledger.record(chunk, { ...sent(chunk, 0, 400), next: 500 })).toBe('recorded')
  await bench.database.pool.query('update workflow_run set cancel_requested = true where run_no = $1', [run.runNo])
  expect(await ledger.record(chunk, sent(chunk, 400, 500))).toBe('stop')
  expect(await ledger.take(options)).toBeNull()
  const { rows } = await bench.database.pool.query(
    'select state, n, sent, claimed from run_chunk where node_no = $1 and no = $2',
    [nodeNo, chunk.no],
  )
  expect(rows).toEqual([{ state: chunk.n === 500 ? 2 : 1, n: chunk.n, sent: 500, claimed: 500 }])
  const { rows: made } = await bench.database.pool.query(
    'select attempt, n, state from run_chunk where no >= 1000000 order by no',
  )
  expect(made).toEqual([
    { attempt: 2, n: 1, state: 0 },
    { attempt: 2, n: 1, state: 0 },
  ])
})
