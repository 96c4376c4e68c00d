import type { Pool } from 'pg'
import type { OpenRun } from '#server/worker/open-runs.ts'
import { readChunks } from './chunks.ts'
import type { FoundMessage, Wanted } from './stored.ts'

interface OpenChunk {
  no: number
  attempt: number
  seq_from: number
  claimed: number
  recorded: number
}

const FIRST_WAVE = 4

/** People of a node whose chunks are open: `pending`, or `sending` where a call was begun. There is no message row of them yet. */
export async function waitingAt(pool: Pool, run: OpenRun, wanted: Wanted): Promise<FoundMessage[]> {
  const found: FoundMessage[] = []
  const seen = new Set<number>()
  let after = wanted.after
  for (let wave = FIRST_WAVE; found.length < wanted.limit; wave *= 2) {
    const chunks = await openChunks(pool, { ...wanted, after, limit: wave + 1 })
    const next = chunks[wave]
    const until = next ? next.seq_from - 1 : 2 ** 31 - 1
    if (until > after) {
      found.push(
        ...(await rowsOf(pool, run, { wanted, chunks: chunks.slice(0, wave), after, until })).filter(({ seq }) => !seen.has(seq)),
      )
      for (const { seq } of found) seen.add(seq)
      after = until
    }
    if (!next) break
  }
  return found.toSorted((a, b) => a.seq - b.seq).slice(0, wanted.limit)
}

async function openChunks(pool: Pool, { runNo, nodeNo, after, limit }: Wanted): Promise<OpenChunk[]> {
  const { rows } = await pool.query<OpenChunk>(
    `select no, attempt, seq_from, claimed, sent + failed + unconfirmed + skipped + moved as recorded from run_chunk
     where run_no = $1 and node_no = $2 and state in (0, 1, 3, 4) and seq_to > $3 order by seq_from, no limit $4`,
    [runNo, nodeNo, after, limit],
  )
  return rows
}

async function rowsOf(
  pool: Pool,
  run: OpenRun,
  { wanted, chunks, after, until }: { wanted: Wanted; chunks: readonly OpenChunk[]; after: number; until: number },
): Promise<FoundMessage[]> {
  const byNo = new Map(chunks.map((chunk) => [chunk.no, chunk]))
  const found: FoundMessage[] = []
  for await (const { chunkNo, rows } of readChunks(pool, run, {
    keys: chunks.map(({ no }) => ({ nodeNo: wanted.nodeNo, chunkNo: no })),
  })) {
    const chunk = byNo.get(chunkNo)
    if (!chunk) continue
    rows.seqs.forEach((seq, place) => {
      if (place < chunk.recorded || seq <= after || seq > until) return
      found.push(waiting({ nodeNo: wanted.nodeNo, seq, attempt: chunk.attempt, chunkNo, called: place < chunk.claimed }))
    })
  }
  return found
}

/** A message that is not stored yet. */
export function waiting(at: { nodeNo: number; seq: number; attempt: number; chunkNo: number; called: boolean }): FoundMessage {
  const { called, ...key } = at
  return {
    ...key,
    state: called ? 'sending' : 'pending',
    errorCode: null,
    providerId: null,
    cost: null,
    sentAt: null,
    finalAt: null,
  }
}
