import { randomBytes } from 'node:crypto'
import type { RowResults, SliceRecord, TakenChunk } from '#runtime/run/ledger.ts'
import { spool } from '#runtime/run/spool.ts'
import type { MessageState } from '#schemas/states.ts'
import type { Bench } from '#server/worker/test/harness.ts'
import { chain, people } from '#server/worker/test/people.ts'
import { createAddressHash } from '../address-hash.ts'
import type { SendRun } from '../ledger-run.ts'
import { openRunKey } from '../run-key.ts'
import { createSendLedger } from '../send-ledger.ts'
import { createSpoolLedger } from '../spool-ledger.ts'

// A run of a hundred people whose statements a test says one by one, as workers of its own invention.

/** Their channel. */
export const nodeNo = 3
const plan = chain({ rows: people(100) })

/** The run as `worker` sees it; its one chunk of a hundred rows waits. */
export async function spooled(bench: Bench, worker: number): Promise<SendRun> {
  const runId = await bench.start(plan)
  const { rows } = await bench.database.pool.query<{ run_no: string; key_enc: Buffer }>(
    'select run_no, key_enc from workflow_run where id = $1',
    [runId],
  )
  const row = rows[0]
  if (!row) throw new Error('no run')
  const key = openRunKey(bench.deps.runKeys, runId, row.key_enc)
  const hash = createAddressHash(randomBytes(32))
  const run = { pool: bench.database.pool, runNo: Number(row.run_no), plan, key, worker, hash }
  const client = await bench.database.pool.connect()
  const context = { signal: new AbortController().signal } as never // the test's source needs no more
  await spool({ plan, ledger: createSpoolLedger(run, client), context: () => context })
  client.release(true)
  return run
}

/** Takes the first forty rows. */
export const take = { nodeNo, slice: 40, windowMs: 60_000, closing: false }

export async function taken(run: SendRun, options = take): Promise<TakenChunk> {
  const chunk = await createSendLedger(run, 60_000).take(options)
  if (!chunk) throw new Error('no chunk')
  return chunk
}

/** A record of rows [from, to) that all came to the same. */
export function said(from: number, to: number, state: MessageState): SliceRecord {
  const every = <T>(value: T): T[] => Array.from({ length: to - from }, () => value)
  const results: RowResults = {
    states: every(state),
    hashes: every(null),
    providerIds: Array.from({ length: to - from }, (_, place) => (state === 'sent' ? `P${from + place}` : null)),
    errorCodes: every(state === 'sent' ? null : 'in-doubt'),
    costs: every(null),
    moved: every(false),
  }
  return { from, to, next: to, results, chunks: [], call: null, counts: [], reads: [] }
}
