import type { PoolClient } from 'pg'
import { placeOf, type ChunkRows } from '#runtime/run/chunk.ts'
import type { Answers } from '#runtime/run/ledger.ts'
import { isErased } from '#server/messages/chunks.ts'
import { decodeAnswers, decodeChunk, encodeAnswers, encodeChunk } from '#server/ledger/codec.ts'

interface ChunkRow {
  rows: Buffer
  answers: Buffer | null
}

// Only what nobody works on; the lock keeps away whoever would change it meanwhile.
const read = `
select k.rows, a.answers from run_chunk k
left join run_answers a on a.run_no = k.run_no and a.node_no = k.node_no and a.chunk_no = k.no
where k.run_no = $1 and k.node_no = $2 and k.no = $3 and k.state = 2 for update of k`

/** Takes people out of one closed chunk and its answers: their places stay, empty. @returns how many were in it and not erased before */
export async function eraseRows(
  client: PoolClient,
  run: { runNo: number; key: Buffer },
  chunk: { nodeNo: number; no: number; seqs: readonly number[] },
): Promise<number> {
  const place = { runNo: run.runNo, nodeNo: chunk.nodeNo, no: chunk.no }
  const { rows: found } = await client.query<ChunkRow>(read, [run.runNo, chunk.nodeNo, chunk.no])
  const row = found[0]
  if (!row) return 0
  const rows = decodeChunk(run.key, place, row.rows)
  const places = new Set(chunk.seqs.map((seq) => placeOf(rows.seqs, seq)).filter((at) => at >= 0 && !isErased(rows, at)))
  if (places.size === 0) return 0
  await client.query('update run_chunk set rows = $4 where run_no = $1 and node_no = $2 and no = $3', [
    run.runNo,
    chunk.nodeNo,
    chunk.no,
    encodeChunk(run.key, place, withoutPeople(rows, places)),
  ])
  if (row.answers)
    await client.query('update run_answers set answers = $4 where run_no = $1 and node_no = $2 and chunk_no = $3', [
      run.runNo,
      chunk.nodeNo,
      chunk.no,
      encodeAnswers(run.key, place, withoutAnswers(decodeAnswers(run.key, place, row.answers), places)),
    ])
  return places.size
}

function emptied<T>(values: readonly T[], places: ReadonlySet<number>): (T | null)[] {
  return values.map((value, at) => (places.has(at) ? null : value))
}

function withoutPeople(rows: ChunkRows, places: ReadonlySet<number>): ChunkRows {
  return {
    ...rows,
    columns: rows.columns.map((column) => emptied(column, places)),
    messages: rows.messages && emptied(rows.messages, places),
  }
}

function withoutAnswers(answers: Answers, places: ReadonlySet<number>): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([nodeId, answer]) => [
      nodeId,
      { ...answer, columns: answer.columns.map((column) => emptied(column, places)) },
    ]),
  )
}
