import { firstRowSql } from '#runtime/run/call-row.ts'
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
): Promise<{ row: number; handle: string | null }[]> {
  const { rows } = await run.pool.query<{ row: number; handle: string | null }>(
    `select from_row as "row", handle from run_call
     where run_no = $1 and node_no = $2 and chunk_no = $3 and ${firstRowSql('from_row')} >= $4 order by from_row`,
    [run.runNo, chunk.nodeNo, chunk.no, from],
  )
  return rows
}

/** Part of a record, from `ch`: what is known of its call. */
export const keepCall = (first: number) => `
calls as (
  insert into run_call (run_no, node_no, chunk_no, from_row, epoch, handle, accepted, body_hash, next_poll_at, closes_at)
  select $1, $2, $3, $${first}::int, $4, $${first + 1}::text, $${first + 2}::int, $${first + 3}::bytea,
    now() + $${first + 4}::int * interval '1 ms', now() + $${first + 5}::int * interval '1 ms' from ch
  on conflict (run_no, node_no, chunk_no, from_row) do update set accepted = excluded.accepted, body_hash = excluded.body_hash,
    next_poll_at = excluded.next_poll_at, closes_at = excluded.closes_at)`

/** The same of several calls, after a doubt. Where the provider makes handles, they were committed before. */
export const keepCalls = (first: number) => `
earlier as (
  insert into run_call (run_no, node_no, chunk_no, from_row, epoch, handle, accepted, body_hash, next_poll_at, closes_at)
  select $1, $2, $3, t.from_row, $4, t.handle, t.accepted, decode(t.hash, 'hex'), now() + t.poll * interval '1 ms', now() + t.closes * interval '1 ms'
  from ch, unnest($${first}::int[], $${first + 1}::text[], $${first + 2}::int[], $${first + 3}::text[], $${first + 4}::int[], $${first + 5}::int[])
    t(from_row, handle, accepted, hash, poll, closes)
  on conflict (run_no, node_no, chunk_no, from_row) do update set accepted = excluded.accepted, body_hash = excluded.body_hash,
    next_poll_at = excluded.next_poll_at, closes_at = excluded.closes_at)`
