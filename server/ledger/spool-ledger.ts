import type { Pool, PoolClient } from 'pg'
import { crashPoint } from '#runtime/crash-point.ts'
import type { LeftOut, NodeCount, ReadCost, SpoolLedger } from '#runtime/run/ledger.ts'
import type { ChunkRows } from '#runtime/run/chunk.ts'
import type { PreparedFacts } from '#runtime/run/guards.ts'
import { runStateNumber, runStatesBefore } from '#runtime/states/run-states.ts'
import { encodeChunk } from './codec.ts'
import { cancelUnspooled } from './finish.ts'
import { completeSpool } from './complete-spool.ts'
import { openChunkCopy } from './copy-chunks.ts'
import { insertLeftOut } from './left-out.ts'
import type { LedgerRun } from './ledger-run.ts'
import { withClient } from './with-client.ts'
import { addNodeCounts } from './node-counts.ts'

/** One spool of a run at a time; the lock goes with the connection. */
export const SPOOL_LOCK = 7003
/** Commits now and then, or a long source would hold back vacuum for everybody; nobody takes from a run that prepares. */
const CHUNKS_A_COMMIT = 100

const preparing = runStateNumber('preparing')

/** Another process reads the audience of this run: leave it to that one. */
export class SpoolTaken extends Error {}

/**
 * What a source writes into. `client`: a connection of its own, for as long as the spool goes on. `prepare`: what guards want to know of the
 * audience as a whole, asked when all of it is written and nobody sees it yet.
 */
export function createSpoolLedger(
  run: LedgerRun,
  client: PoolClient,
  prepare: () => Promise<PreparedFacts | null> = async () => null,
): SpoolLedger {
  const numbers = new Map<number, number>()
  const nextNo = (nodeNo: number): number => {
    const no = (numbers.get(nodeNo) ?? 0) + 1
    numbers.set(nodeNo, no)
    return no
  }
  let copy: ReturnType<typeof openChunkCopy> | null = null
  let written = 0

  const flush = async (): Promise<void> => {
    if (!copy) return
    await copy.end()
    copy = null
    await client.query('commit')
  }

  return {
    async begin() {
      const { rows } = await client.query<{ ok: boolean }>('select pg_try_advisory_lock($1, $2) as ok', [
        SPOOL_LOCK,
        lockKey(run.runNo),
      ])
      if (!rows[0]?.ok) throw new SpoolTaken()
      const { rowCount } = await client.query(
        'update workflow_run set state = $2, total = null, chosen_out = 0 where run_no = $1 and state = any($3) and not cancel_requested',
        [run.runNo, preparing, runStatesBefore('preparing')],
      )
      if (rowCount) await clearSpooled(run, client)
      return rowCount === 1
    },
    async chunk({ nodeNo, rows }: { nodeNo: number; rows: ChunkRows }) {
      if (!copy) {
        await client.query('begin')
        copy = openChunkCopy(client, run.runNo)
      }
      const { seqs } = rows
      const place = { runNo: run.runNo, nodeNo, no: nextNo(nodeNo) }
      const bytes = encodeChunk(run.key, place, rows)
      crashPoint('spooling')
      await copy.add({ nodeNo, no: place.no, n: seqs.length, seqFrom: seqs[0] ?? 0, seqTo: seqs.at(-1) ?? 0, rows: bytes })
      if (++written % CHUNKS_A_COMMIT !== 0) return true
      await flush()
      const { rows: found } = await client.query('select 1 from workflow_run where run_no = $1 and not cancel_requested', [
        run.runNo,
      ])
      return found.length === 1
    },
    leftOut: (people: LeftOut) => insertLeftOut(run, people, { client: run.pool, no: nextNo(people.nodeNo) }),
    async complete(facts: { total: number; counts: readonly NodeCount[]; reads: readonly ReadCost[] }) {
      await flush()
      const prepared = await prepare()
      await client.query('begin')
      const visible = await completeSpool(run, { total: facts.total, prepared, client })
      if (visible) await addNodeCounts(run, facts, client)
      await client.query(visible ? 'commit' : 'rollback')
      crashPoint('after-spool')
      return visible
    },
    async abandon() {
      // The connection may be in the middle of a COPY: what is committed is cleared on another one, the rest goes with it.
      await clearSpooled(run, run.pool)
    },
    hash: run.hash,
  }
}

/**
 * Ends a cancelled run whose audience nobody reads: it was never begun, or the one who read it died. Where somebody reads it, he notices
 * the cancel himself and ends it.
 */
export async function endUnread(pool: Pool, runNo: number): Promise<void> {
  await withClient(pool, async (client) => {
    await client.query('begin')
    const { rows } = await client.query<{ ok: boolean }>('select pg_try_advisory_xact_lock($1, $2) as ok', [
      SPOOL_LOCK,
      lockKey(runNo),
    ])
    if (rows[0]?.ok) {
      await clearSpooled({ runNo }, client)
      await cancelUnspooled(client, runNo)
    }
    await client.query('commit')
  })
}

/** A sequence's number, as the two-key lock takes it. */
function lockKey(runNo: number): number {
  return runNo % 2 ** 31
}

/** Removes what was spooled of a run that nobody may take from. */
export async function clearSpooled(run: Pick<LedgerRun, 'runNo'>, client: Pick<PoolClient, 'query'>): Promise<void> {
  for (const table of ['run_chunk', 'run_answers', 'messages', 'run_node', 'run_read'])
    await client.query(`delete from ${table} where run_no = $1`, [run.runNo])
}
