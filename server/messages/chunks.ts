import type { Pool } from 'pg'
import type { ChunkRows } from '#runtime/run/chunk.ts'
import type { Answers } from '#runtime/run/ledger.ts'
import { decodeAnswers, decodeChunk } from '#server/ledger/codec.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'

/** Which chunk of a run. */
export interface ChunkKey {
  readonly nodeNo: number
  readonly chunkNo: number
}

export interface ReadChunk extends ChunkKey {
  readonly attempt: number
  readonly rows: ChunkRows
  readonly answers: Answers | null
}

interface ChunkRow {
  node_no: number
  no: number
  attempt: number
  rows: Buffer
  answers: Buffer | null
}

const text = (answers: boolean): string => `
select k.node_no, k.no, k.attempt, k.rows, ${answers ? 'a.answers' : 'null as answers'}
from unnest($2::smallint[], $3::int[]) wanted(node_no, no)
join run_chunk k on k.run_no = $1 and (k.node_no, k.no) = (wanted.node_no, wanted.no)
${answers ? 'left join run_answers a on a.run_no = $1 and (a.node_no, a.chunk_no) = (k.node_no, k.no)' : ''}`

/** So many chunks are in memory at once, at most: 21 kB each in the tables, some 200 kB opened. */
const TOGETHER = 20

export const keyOf = ({ nodeNo, chunkNo }: ChunkKey): string => `${nodeNo} ${chunkNo}`

/** Opens chunks of a run one after the other; none where its key was deleted. `answers`: with what was frozen beside them. */
export async function* readChunks(
  pool: Pool,
  run: Pick<OpenRun, 'runNo' | 'key'>,
  { keys, answers = false }: { keys: readonly ChunkKey[]; answers?: boolean },
): AsyncGenerator<ReadChunk> {
  if (run.key.length === 0) return
  const unique = [...new Map(keys.map((key) => [keyOf(key), key])).values()]
  for (let from = 0; from < unique.length; from += TOGETHER) {
    const some = unique.slice(from, from + TOGETHER)
    const { rows } = await pool.query<ChunkRow>(text(answers), [
      run.runNo,
      some.map(({ nodeNo }) => nodeNo),
      some.map(({ chunkNo }) => chunkNo),
    ])
    for (const row of rows) {
      const place = { runNo: run.runNo, nodeNo: row.node_no, no: row.no }
      yield {
        nodeNo: row.node_no,
        chunkNo: row.no,
        attempt: row.attempt,
        rows: decodeChunk(run.key, place, row.rows),
        answers: row.answers && decodeAnswers(run.key, place, row.answers),
      }
    }
  }
}

/** A person who was erased (server/retention/erase-person.ts): the place is there, and nothing is in it. */
export function isErased({ names, columns }: Pick<ChunkRows, 'names' | 'columns'>, place: number): boolean {
  return names.length > 0 && columns.every((column) => (column[place] ?? null) === null)
}

/** One row of a chunk as an object, with what was asked about it. What pure steps make of it is not in it. */
export function rowAt({ rows, answers }: Pick<ReadChunk, 'rows' | 'answers'>, place: number): Record<string, unknown> {
  const row = Object.fromEntries(
    rows.names.map((name, column): [string, unknown] => [name, rows.columns[column]?.[place] ?? null]),
  )
  for (const { names, columns } of Object.values(answers ?? {})) {
    names.forEach((name, column) => (row[name] = columns[column]?.[place] ?? null))
  }
  return row
}
