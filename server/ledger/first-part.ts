import type { PoolClient } from 'pg'
import { pickAnswers } from '#runtime/run/frozen-reads.ts'
import { pickRows } from '#runtime/run/pick-rows.ts'
import { encodeAnswers, encodeChunk } from './codec.ts'
import type { LedgerRun } from './ledger-run.ts'
import { readChunk } from './send-again.ts'

/** Kind of a chunk: 0 live, 1 the part that is sent first, 2 sent again by a person's wish. */
export const CANARY = 1

interface Held {
  node_no: number
  no: number
  seq_from: number
  seq_to: number
}

interface Part {
  readonly run: Pick<LedgerRun, 'runNo' | 'key'>
  readonly client: Pick<PoolClient, 'query'>
}

/**
 * Splits an audience that is complete and not yet visible: the chunks of its first recipients (by number) stay ready, the rest waits for an
 * approval (state 4). A chunk that has both is cut in two. Nothing is held where all of them are the first.
 */
export async function holdRest(run: Part['run'], { first, client }: { first: number; client: Part['client'] }): Promise<void> {
  const part = { run, client }
  const { rows: chunks } = await client.query<Held>(
    'select node_no, no, seq_from, seq_to from run_chunk where run_no = $1 and state = 0 order by seq_from, node_no',
    [run.runNo],
  )
  const last = await lastOfFirst(part, { chunks, first })
  if (last === null) return
  for (const chunk of chunks) if (chunk.seq_from <= last && chunk.seq_to > last) await cut(part, chunk, last)
  await client.query(
    `update run_chunk set kind = case when seq_to <= $2 then ${CANARY} else kind end, state = case when seq_to <= $2 then state else 4 end
     where run_no = $1 and state = 0`,
    [run.runNo, last],
  )
}

/** Number of the last recipient that belongs to the first part; null: everybody does. */
async function lastOfFirst(part: Part, { chunks, first }: { chunks: readonly Held[]; first: number }): Promise<number | null> {
  const seqs = new Set<number>()
  let last: number | null = null
  for (const chunk of chunks) {
    if (last !== null && chunk.seq_from > last) return last
    for (const seq of (await read(part, chunk)).rows.seqs) seqs.add(seq)
    if (seqs.size > first) last = [...seqs].toSorted((a, b) => a - b)[first - 1] ?? null
  }
  return last
}

async function cut(part: Part, chunk: Held, last: number): Promise<void> {
  const { client, run } = part
  const { rows, answers } = await read(part, chunk)
  const at = rows.seqs.findIndex((seq) => seq > last)
  const places = rows.seqs.map((_, place) => place)
  const { rows: numbers } = await client.query<{ no: number }>(`select nextval('chunk_no')::int as no`)
  const rest = { runNo: run.runNo, nodeNo: chunk.node_no, no: numbers[0]?.no ?? 0 }
  const before = pickRows(rows, places.slice(0, at))
  const after = pickRows(rows, places.slice(at))
  await client.query('update run_chunk set n = $4, seq_to = $5, rows = $6 where run_no = $1 and node_no = $2 and no = $3', [
    run.runNo,
    chunk.node_no,
    chunk.no,
    before.seqs.length,
    before.seqs.at(-1),
    encodeChunk(run.key, { ...rest, no: chunk.no }, before),
  ])
  await client.query(
    `insert into run_chunk (run_no, node_no, no, n, seq_from, seq_to, rows) values ($1, $2, $3, $4, $5, $6, $7)`,
    [run.runNo, rest.nodeNo, rest.no, after.seqs.length, after.seqs[0], after.seqs.at(-1), encodeChunk(run.key, rest, after)],
  )
  if (!answers) return
  // What was asked before the first message stays with its rows.
  const first = { ...rest, no: chunk.no }
  await client.query('update run_answers set answers = $4 where run_no = $1 and node_no = $2 and chunk_no = $3', [
    run.runNo,
    first.nodeNo,
    first.no,
    encodeAnswers(run.key, first, pickAnswers(answers, places.slice(0, at)) ?? {}),
  ])
  await client.query('insert into run_answers (run_no, node_no, chunk_no, answers) values ($1, $2, $3, $4)', [
    run.runNo,
    rest.nodeNo,
    rest.no,
    encodeAnswers(run.key, rest, pickAnswers(answers, places.slice(at)) ?? {}),
  ])
}

const read = ({ client, run }: Part, { node_no, no }: Held) => readChunk(client, run, { nodeNo: node_no, chunkNo: no })
