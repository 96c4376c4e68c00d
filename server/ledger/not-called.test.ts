import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TakenChunk } from '#runtime/run/ledger.ts'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import { Bench } from '#server/worker/test/harness.ts'
import { finishRun } from './finish.ts'
import type { SendRun } from './ledger-run.ts'
import { createSendLedger } from './send-ledger.ts'
import { sweepChunks } from './sweep.ts'
import { nodeNo, said, spooled, taken } from './test/one-chunk.ts'

// A worker claimed 40 rows, called for the first ten and fell asleep; another took over. No engine works here.

let bench: Bench
beforeAll(async () => (bench = await Bench.open()))
afterAll(() => bench.close())

const sweep = (run: SendRun) => sweepChunks(bench.database.pool, { runNo: run.runNo, worker: 99, held: [], graceMs: 60_000 })
const ledgerOf = (run: SendRun) => createSendLedger(run, 60_000)
const wakes = (run: SendRun, chunk: TakenChunk) => ledgerOf(run).giveBack(chunk, { claimed: 10, readyInMs: 0, doubt: 'none' })
const ready = (run: SendRun) =>
  bench.database.pool.query(`update run_chunk set ready_at = '-infinity' where run_no = $1`, [run.runNo])

async function chunksOf(run: SendRun): Promise<unknown[]> {
  const { rows } = await bench.database.pool.query(
    'select no, attempt, kind, n, state, claimed, doubt, ready_at > now() as waits from run_chunk where run_no = $1 and node_no = $2 order by no',
    [run.runNo, nodeNo],
  )
  return rows
}

async function messagesOf(run: SendRun): Promise<unknown[]> {
  const { rows } = await bench.database.pool.query(
    `select state, count(*)::int as n, min(seq) as first, max(history->-1->>2) as actor from messages where run_no = $1 group by state order by first`,
    [run.runNo],
  )
  return rows
}

/** Another worker, `no` + 1, has what is in doubt of the chunk that `no` had taken. */
async function takenOver(no: number) {
  const run = await spooled(bench, no)
  const mine = await taken(run)
  await sweep(run)
  await ready(run)
  const second = { ...run, worker: no + 1 }
  return { run, mine, second, theirs: await taken(second) }
}

const UNCONFIRMED = { state: messageStateNumber('unconfirmed'), actor: null }
const ERRORED = { state: messageStateNumber('errored'), actor: 'worker' }

test('nobody took its chunk yet: it is handed back as if it had never been lost', async () => {
  const run = await spooled(bench, 30)
  const mine = await taken(run)
  await sweep(run)
  expect(await chunksOf(run)).toMatchObject([{ state: 0, claimed: 40, doubt: 1, waits: true }])
  await wakes(run, mine)
  expect(await chunksOf(run)).toMatchObject([{ state: 0, claimed: 10, doubt: 0, waits: false }])
})

test('what the other could only call unconfirmed is sent as the next attempt; the run that had ended goes on', async () => {
  const { run, mine, second, theirs } = await takenOver(31)
  await ledgerOf(second).record(theirs, said(0, 40, 'unconfirmed'))
  await ledgerOf(second).record({ ...theirs, from: 40 }, said(40, 100, 'sent'))
  expect(await finishRun(bench.database.pool, run)).toBe('completed')

  await wakes(run, mine)
  await wakes(run, mine)
  expect(await messagesOf(run)).toEqual([
    { ...UNCONFIRMED, n: 10, first: 1 },
    { ...ERRORED, n: 30, first: 11 },
    { state: messageStateNumber('sent'), actor: null, n: 60, first: 41 },
  ])
  expect(await chunksOf(run)).toMatchObject([
    { no: 1, state: 2 },
    { attempt: 2, kind: 0, n: 30, state: 0, claimed: 0, doubt: 0 },
  ])
  const again = await taken(second)
  await ledgerOf(second).record(again, said(0, 30, 'sent'))
  expect(await finishRun(bench.database.pool, run)).toBe('completed')
  const { rows } = await bench.database.pool.query('select outcomes, law from workflow_run where run_no = $1', [run.runNo])
  expect(rows[0]).toMatchObject({ outcomes: { sent: 90, unconfirmed: 10 }, law: { holds: true } })
})

test('it waits while the other still asks what became of the rows', async () => {
  const { run, mine, second, theirs } = await takenOver(33)
  await ledgerOf(second).record(theirs, said(0, 20, 'unconfirmed'))
  const woken = wakes(run, mine)
  await expect.poll(() => messagesOf(run)).toMatchObject([{ n: 10 }, { ...ERRORED, n: 10 }])
  await ledgerOf(second).record({ ...theirs, from: 20 }, said(20, 40, 'unconfirmed'))
  await woken
  expect(await messagesOf(run)).toMatchObject([{ n: 10 }, { ...ERRORED, n: 30 }])
})

test('where more than one had the chunk since, a row in doubt may have been called for: nothing is said', async () => {
  const run = await spooled(bench, 35)
  const mine = await taken(run)
  for (const worker of [36, 37]) {
    await sweep(run)
    await ready(run)
    if (worker === 36) await taken({ ...run, worker })
  }
  const third = { ...run, worker: 37 }
  await ledgerOf(third).record(await taken(third), said(0, 40, 'unconfirmed'))
  await wakes(run, mine)
  expect(await messagesOf(run)).toEqual([{ ...UNCONFIRMED, n: 40, first: 1 }])
})

test('a run that was cancelled meanwhile is not opened again', async () => {
  const { run, mine, second, theirs } = await takenOver(38)
  await ledgerOf(second).record(theirs, said(0, 40, 'unconfirmed'))
  await ledgerOf(second).record({ ...theirs, from: 40 }, said(40, 100, 'cancelled'))
  await bench.database.pool.query('update workflow_run set cancel_requested = true where run_no = $1', [run.runNo])
  expect(await finishRun(bench.database.pool, run)).toBe('cancelled')
  await wakes(run, mine)
  expect(await messagesOf(run)).toMatchObject([{ ...UNCONFIRMED, n: 40 }, { n: 60 }])
})
