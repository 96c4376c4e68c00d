import type { Pool, PoolClient } from 'pg'
import { cameAt } from '#runtime/run/expiry.ts'
import type { NewChunk } from '#runtime/run/ledger.ts'
import { encodeAnswers, encodeChunk } from './codec.ts'
import type { LedgerRun } from './ledger-run.ts'

/** The arrays that `insertChunks` unnests, one element a chunk. */
export type ChunkArrays = readonly [
  nodeNos: number[],
  nos: number[],
  attempts: number[],
  ns: number[],
  seqFroms: number[],
  seqTos: number[],
  states: number[],
  readyMs: number[],
  rows: Buffer[],
  answers: (Buffer | null)[],
  kinds: number[],
  cameAts: (number | null)[],
]

/**
 * Two pieces of a `with`: new chunks and their frozen answers. `from` is what guards them (`ch`), so that nothing is inserted
 * when the statement's own chunk is no longer ours. The twelve arrays start at parameter `$first`.
 */
export function insertChunks(first: number, from: string): string {
  const p = (offset: number, type: string) => `$${first + offset}::${type}[]`
  const arrays = `${p(0, 'smallint')}, ${p(1, 'int')}, ${p(2, 'smallint')}, ${p(3, 'int')}, ${p(4, 'int')}, ${p(5, 'int')}, ${p(6, 'smallint')}, ${p(7, 'float8')}, ${p(8, 'bytea')}, ${p(10, 'smallint')}, ${p(11, 'float8')}`
  return `
more as (insert into run_chunk (run_no, node_no, no, attempt, n, seq_from, seq_to, state, ready_at, rows, kind, came_at)
  select $1, t.node_no, t.no, t.attempt, t.n, t.seq_from, t.seq_to, t.state,
    case when t.ready_ms > 0 then now() + t.ready_ms * interval '1 ms' else '-infinity' end, t.rows, t.kind,
    to_timestamp(t.came_at / 1000)
  from ${from}, unnest(${arrays}) t(node_no, no, attempt, n, seq_from, seq_to, state, ready_ms, rows, kind, came_at)),
frozen as (insert into run_answers (run_no, node_no, chunk_no, answers)
  select $1, t.node_no, t.no, t.answers from ${from}, unnest(${p(0, 'smallint')}, ${p(1, 'int')}, ${p(9, 'bytea')}) t(node_no, no, answers)
  where t.answers is not null)`
}

/** Encodes new chunks and gives them numbers of their own. */
export async function encodeChunks(
  run: LedgerRun,
  chunks: readonly NewChunk[],
  client: Pool | PoolClient = run.pool,
): Promise<ChunkArrays> {
  const { rows: numbers } = await client.query<{ no: number }>(
    `select nextval('chunk_no')::int as no from generate_series(1, $1)`,
    [chunks.length],
  )
  const nos = chunks.map((_, index) => numbers[index]?.no ?? 0)
  const places = chunks.map((chunk, index) => ({ runNo: run.runNo, nodeNo: chunk.nodeNo, no: nos[index] ?? 0 }))
  return [
    chunks.map((chunk) => chunk.nodeNo),
    nos,
    chunks.map((chunk) => chunk.attempt),
    chunks.map((chunk) => chunk.rows.seqs.length),
    chunks.map((chunk) => chunk.rows.seqs[0] ?? 0),
    chunks.map((chunk) => chunk.rows.seqs.at(-1) ?? 0),
    chunks.map((chunk) => (chunk.held ? 3 : 0)),
    chunks.map((chunk) => chunk.readyInMs),
    chunks.map((chunk, index) => encodeChunk(run.key, places[index] as (typeof places)[0], chunk.rows)),
    chunks.map((chunk, index) => chunk.answers && encodeAnswers(run.key, places[index] as (typeof places)[0], chunk.answers)),
    chunks.map((chunk) => chunk.kind ?? 0),
    chunks.map((chunk) => cameAt(chunk.rows)),
  ]
}
