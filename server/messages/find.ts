import type { Pool } from 'pg'
import { AppError } from '#runtime/sdk/index.ts'
import { placeOf } from '#runtime/run/chunk.ts'
import { parseMessageId, type MessageKey } from '#runtime/run/message-id.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import { readChunks } from './chunks.ts'
import { STORED_COLUMNS, toFound, type FoundMessage, type StoredRow } from './stored.ts'
import { waiting } from './waiting.ts'

/** @throws AppError `not-found` for what is no message id */
export function messageKeyOf(id: string): MessageKey {
  const key = parseMessageId(id)
  if (!key) throw new AppError('not-found', { what: 'message' })
  return key
}

/** One attempt with its moves: `[state number, time]` each, and the actor where a person moved it. */
export type StoredAttempt = FoundMessage & {
  readonly history: readonly (readonly [state: number, at: string | null, by?: string | undefined])[] | null
}

/** All that was sent to one recipient of a run: every attempt at every channel, in time. Walks along the primary key of each node. */
export async function attemptsOf(pool: Pool, run: Pick<OpenRun, 'runNo' | 'plan'>, seq: number): Promise<StoredAttempt[]> {
  const nodes = Object.values(run.plan.nodes).map(({ no }) => no)
  const { rows } = await pool.query<StoredRow & { history: StoredAttempt['history'] }>(
    `select ${STORED_COLUMNS}, m.history from unnest($2::smallint[]) n(node_no) join messages m on m.run_no = $1 and m.node_no = n.node_no and m.seq = $3
     order by coalesce(m.sent_at, m.final_at), m.node_no, m.attempt`,
    [run.runNo, nodes, seq],
  )
  return rows.map((row) => ({ ...toFound(row), history: row.history }))
}

/** The attempt that waits in an open chunk; null: there is none. */
export async function waitingAttempt(
  pool: Pool,
  run: OpenRun,
  { nodeNo, seq, attempt }: MessageKey,
): Promise<FoundMessage | null> {
  const { rows } = await pool.query<{ no: number; claimed: number; recorded: number }>(
    `select no, claimed, sent + failed + unconfirmed + skipped + moved as recorded from run_chunk
     where run_no = $1 and node_no = $2 and attempt = $3 and state in (0, 1, 3, 4) and $4::int between seq_from and seq_to`,
    [run.runNo, nodeNo, attempt, seq],
  )
  for await (const chunk of readChunks(pool, run, { keys: rows.map(({ no }) => ({ nodeNo, chunkNo: no })) })) {
    const place = placeOf(chunk.rows.seqs, seq)
    const { claimed = 0, recorded = 0 } = rows.find(({ no }) => no === chunk.chunkNo) ?? {}
    if (place >= recorded) return waiting({ nodeNo, seq, attempt, chunkNo: chunk.chunkNo, called: place < claimed })
  }
  return null
}
