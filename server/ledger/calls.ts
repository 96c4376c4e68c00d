import type { TakenChunk } from '#runtime/run/ledger.ts'
import type { LedgerRun } from './ledger-run.ts'

const beginning = `
with ch as (select 1 from run_chunk where run_no = $1::bigint and node_no = $2::smallint and no = $3::int and epoch = $4::int and state = 1 for update)
insert into run_call (run_no, node_no, chunk_no, from_row, epoch, handle) select $1, $2, $3, $5::int, $4, $6::text from ch
on conflict (run_no, node_no, chunk_no, from_row) do update set epoch = excluded.epoch, handle = excluded.handle returning 1`

/** Commits the provider's own handle of a slice before anything is sent under it. False: fenced out. */
export async function beginCall(run: LedgerRun, chunk: TakenChunk, call: { from: number; handle: string }): Promise<boolean> {
  const values = [run.runNo, chunk.nodeNo, chunk.no, chunk.epoch, call.from, call.handle]
  return (await run.pool.query({ name: 'begin-call', text: beginning, values })).rowCount === 1
}

/** Calls that were begun for the rows from `from` on, in order. */
export async function callsOf(
  run: LedgerRun,
  chunk: TakenChunk,
  from: number,
): Promise<{ from: number; handle: string | null }[]> {
  const { rows } = await run.pool.query<{ from: number; handle: string | null }>(
    `select from_row as "from", handle from run_call where run_no = $1 and node_no = $2 and chunk_no = $3 and from_row >= $4 order by from_row`,
    [run.runNo, chunk.nodeNo, chunk.no, from],
  )
  return rows
}
