import type { Reshaped, TakenChunk } from '#runtime/run/ledger.ts'
import { crashPoint } from '#runtime/crash-point.ts'
import { encodeChunk } from './codec.ts'
import { encodeChunks, insertChunks } from './new-chunks.ts'
import { insertLeftOut } from './left-out.ts'
import type { LedgerRun } from './ledger-run.ts'
import { addNodeCounts } from './node-counts.ts'
import { withClient } from './with-client.ts'

/**
 * What is left of a chunk whose rows went on: numbers. Who went on is in another chunk, with all that was known; who was not chosen has no
 * message by which erasing could find him, so nothing of him may stay.
 */
function emptied(run: LedgerRun, { nodeNo, no, rows: { seqs } }: TakenChunk): Buffer {
  return encodeChunk(run.key, { runNo: run.runNo, nodeNo, no }, { names: [], seqs, columns: [], messages: null })
}

/**
 * Closes the chunks of a row stage (all of their rows are moved, and emptied) and inserts what they became, in one transaction: after a crash either
 * all of it is there or the chunks wait as before. False: one of them is no longer ours, nothing was written.
 */
export async function reshapeChunks(run: LedgerRun, taken: readonly TakenChunk[], made: Reshaped): Promise<boolean> {
  return withClient(run.pool, async (client) => {
    await client.query('begin')
    const { rowCount } = await client.query(
      `update run_chunk k set state = 2, owner = null, claimed = n, moved = n, doubt = 0, rows = t.rows
       from unnest($2::smallint[], $3::int[], $4::int[], $5::bytea[]) t(node_no, no, epoch, rows)
       where k.run_no = $1 and k.node_no = t.node_no and k.no = t.no and k.epoch = t.epoch and k.state = 1`,
      [
        run.runNo,
        taken.map((chunk) => chunk.nodeNo),
        taken.map((chunk) => chunk.no),
        taken.map((chunk) => chunk.epoch),
        taken.map((chunk) => emptied(run, chunk)),
      ],
    )
    if (rowCount !== taken.length) {
      await client.query('rollback')
      return false
    }
    if (made.chunks.length > 0) {
      const arrays = await encodeChunks(run, made.chunks, client)
      await client.query(`with ch as (select 1), ${insertChunks(2, 'ch')} select 1 from ch where $1::bigint is not null`, [
        run.runNo,
        ...arrays,
      ])
    }
    const { rows: numbers } = await client.query<{ no: number }>(
      `select nextval('chunk_no')::int as no from generate_series(1, $1)`,
      [made.leftOut.length],
    )
    for (const [index, people] of made.leftOut.entries())
      await insertLeftOut(run, people, { client, no: numbers[index]?.no ?? 0 })
    await addNodeCounts(run, made, client)
    crashPoint('reshaping')
    if (made.chosenOut > 0)
      await client.query('update workflow_run set chosen_out = chosen_out + $2 where run_no = $1', [run.runNo, made.chosenOut])
    await client.query('commit')
    return true
  })
}
