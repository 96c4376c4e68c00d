import type { Pool } from 'pg'
import type { ChunkRows } from '#runtime/run/chunk.ts'
import { cameAt } from '#runtime/run/expiry.ts'
import { encodeChunk } from '#server/ledger/codec.ts'
import { TAKING_STATES } from './open-run.ts'

/** Remembers what came with a key: in the commit of its rows. */
export interface KeyRow {
  readonly scope: string
  readonly key: string
  readonly bodyHash: Buffer
  /** Number of its first row. */
  readonly seq: number
  readonly n: number
}

export interface Append {
  readonly runId: string
  readonly runNo: number
  readonly workspaceId: string
  /** The run's data key. */
  readonly key: Buffer
  /** Where the rows come out: node and port of the trigger. */
  readonly from: { readonly nodeNo: number; readonly port: number }
  /** Stages that each take all the rows. */
  readonly stages: readonly number[]
  /** Numbers that this run has given; the rows' own come right behind. */
  readonly total: number
  /** Numbered from `total + 1` on, at most 1,000. */
  readonly rows: ChunkRows
  /** Numbers of the chunks, one a stage. */
  readonly chunkNos: readonly number[]
  readonly keys: readonly KeyRow[]
}

const chunkValues = (stages: number): string =>
  Array.from(
    { length: stages },
    (_, index) => `($${5 + index * 3}::smallint, $${6 + index * 3}::int, $${7 + index * 3}::bytea)`,
  ).join(', ')

/** The statement for so many stages, with or without keys: named, so that each connection plans it once. */
function textFor(stages: number, keyed: boolean): string {
  const at = 5 + stages * 3
  const keys = `, keyed as (
  insert into taken_key (workspace_id, scope, key, body_hash, run_id, run_no, seq, n)
  select $${at + 3}::uuid, t.scope, t.key, t.body_hash, $${at + 4}::uuid, run.run_no, t.seq, t.n
  from run, unnest($${at + 5}::text[], $${at + 6}::text[], $${at + 7}::bytea[], $${at + 8}::int[], $${at + 9}::int[]) t(scope, key, body_hash, seq, n))`
  return `
with run as (
  update workflow_run set total = total + $2::int
  where run_no = $1::bigint and total = $3::int and rows_closed_at is null and not cancel_requested and state = any($4::smallint[])
  returning run_no),
chunks as (
  insert into run_chunk (run_no, node_no, no, n, seq_from, seq_to, ready_at, rows, came_at)
  select run.run_no, t.node_no, t.no, $2::int, $3::int + 1, $3::int + $2::int, now(), t.rows, to_timestamp($${at + 2}::float8 / 1000)
  from run, (values ${chunkValues(stages)}) t(node_no, no, rows)),
counted as (
  insert into run_node (run_no, node_no, port, worker, rows) select run.run_no, $${at}::smallint, $${at + 1}::smallint, 0, $2::int from run
  on conflict (run_no, node_no, port, worker) do update set rows = run_node.rows + excluded.rows)${keyed ? keys : ''}
select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms from run`
}

/**
 * Adds rows to an open run: numbers, chunks, counts and keys in one statement and one commit. Throws PostgreSQL's 23505 when a key was taken
 * by another process.
 * @returns the database's time, ms since 1970; null: the run has given other numbers meanwhile, or takes no more rows: nothing happened
 */
export async function append(pool: Pool, what: Append): Promise<number | null> {
  const { runNo, stages, keys } = what
  const keyed = keys.length > 0
  const chunks = stages.flatMap((nodeNo, index) => {
    const no = what.chunkNos[index] as number
    return [nodeNo, no, encodeChunk(what.key, { runNo, nodeNo, no }, what.rows)]
  })
  const { rows: done } = await pool.query<{ ms: number }>({
    name: `take-in-${stages.length}${keyed ? '-keyed' : ''}`,
    text: textFor(stages.length, keyed),
    values: [
      runNo,
      what.rows.seqs.length,
      what.total,
      TAKING_STATES,
      ...chunks,
      what.from.nodeNo,
      what.from.port,
      cameAt(what.rows),
      ...(keyed
        ? [
            what.workspaceId,
            what.runId,
            keys.map(({ scope }) => scope),
            keys.map(({ key }) => key),
            keys.map(({ bodyHash }) => bodyHash),
            keys.map(({ seq }) => seq),
            keys.map(({ n }) => n),
          ]
        : []),
    ],
  })
  return done[0]?.ms ?? null
}
