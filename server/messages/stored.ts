import type { Pool } from 'pg'
import { messageStateNumber, messageStateOf } from '#runtime/states/message-states.ts'
import type { MessageState } from '#schemas/states.ts'

/** The newest attempt of one recipient at one node. */
export interface FoundMessage {
  readonly nodeNo: number
  readonly seq: number
  readonly attempt: number
  readonly chunkNo: number
  readonly state: MessageState
  readonly errorCode: string | null
  readonly providerId: string | null
  readonly cost: number | null
  readonly sentAt: string | null
  readonly finalAt: string | null
}

export interface StoredRow {
  node_no: number
  seq: number
  attempt: number
  chunk_no: number
  state: number
  error_code: string | null
  provider_id: string | null
  cost: number | null
  sent_at: string | null
  final_at: string | null
}

export const STORED_COLUMNS =
  'm.node_no, m.seq, m.attempt, m.chunk_no, m.state, m.error_code, m.provider_id, m.cost, m.sent_at, m.final_at'

export function toFound(row: StoredRow): FoundMessage {
  return {
    nodeNo: row.node_no,
    seq: row.seq,
    attempt: row.attempt,
    chunkNo: row.chunk_no,
    state: messageStateOf(row.state),
    errorCode: row.error_code,
    providerId: row.provider_id,
    cost: row.cost,
    sentAt: row.sent_at,
    finalAt: row.final_at,
  }
}

/** Where in a node's list a page begins, and how much of it is wanted. */
export interface Wanted {
  readonly runNo: number
  readonly nodeNo: number
  /** Numbers beyond this one. */
  readonly after: number
  readonly limit: number
}

/** Messages of a node by number, the newest attempt of each: walks along the primary key. */
export async function allStored(pool: Pool, { runNo, nodeNo, after, limit }: Wanted): Promise<FoundMessage[]> {
  const { rows } = await pool.query<StoredRow>(
    `select distinct on (m.seq) ${STORED_COLUMNS} from messages m where m.run_no = $1 and m.node_no = $2 and m.seq > $3
     order by m.seq, m.attempt desc limit $4`,
    [runNo, nodeNo, after, limit],
  )
  return rows.map(toFound)
}

// Chunks that can hold a message of a state: their counters say so, but for what reports moved since.
const HOLDING: Readonly<Record<string, string>> = {
  sent: 'sent > 0 or unconfirmed > 0',
  delivered: 'sent > 0 or failed > 0 or unconfirmed > 0 or moved > 0',
  converted: 'sent > 0 or failed > 0 or unconfirmed > 0 or moved > 0',
  failed: 'failed > 0 or moved > 0 or ($3 and (sent > 0 or unconfirmed > 0))',
  errored: 'moved > 0 or ($3 and (failed > 0 or skipped > 0 or unconfirmed > 0))',
  skipped: 'skipped > 0',
  expired: 'failed > 0 or moved > 0',
  cancelled: 'failed > 0 or moved > 0',
  unconfirmed: 'unconfirmed > 0',
}

interface Holder {
  no: number
  seq_from: number
}

/** The first wave reads few chunks; a state that is rare among them is looked for in ever more at once. */
const FIRST_WAVE = 8

/** Messages of a node in one state: only chunks whose counters can hold one are read, wave by wave. */
export async function storedIn(pool: Pool, wanted: Wanted, state: MessageState): Promise<FoundMessage[]> {
  const holding = HOLDING[state]
  if (holding === undefined) return []
  const { rows: reports } = await pool.query(
    `select 1 from run_report_counts where run_no = $1 and node_no = $2 and state = $3 and n > 0 limit 1`,
    [wanted.runNo, wanted.nodeNo, messageStateNumber(state)],
  )
  const found: FoundMessage[] = []
  let after = wanted.after
  for (let wave = FIRST_WAVE; found.length < wanted.limit; wave *= 2) {
    const holders = await holdersOf(pool, { ...wanted, after, limit: wave + 1 }, { holding, reported: reports.length > 0 })
    if (holders.length === 0) break
    // Everybody before the first chunk that this wave leaves out is in the chunks that it reads.
    const next = holders[wave]
    const until = next ? next.seq_from - 1 : 2 ** 31 - 1
    if (until > after) {
      const chunks = holders.slice(0, wave).map(({ no }) => no)
      found.push(...(await inChunks(pool, { ...wanted, after, limit: wanted.limit - found.length }, { chunks, until, state })))
      after = until
    }
    if (!next) break
  }
  return found
}

async function holdersOf(
  pool: Pool,
  wanted: Wanted,
  { holding, reported }: { holding: string; reported: boolean },
): Promise<Holder[]> {
  const { rows } = await pool.query<Holder>(
    `select no, seq_from from run_chunk where run_no = $1 and node_no = $2 and ($3::boolean or true) and (${holding}) and seq_to > $4
     order by seq_from, no limit $5`,
    [wanted.runNo, wanted.nodeNo, reported, wanted.after, wanted.limit],
  )
  return rows
}

async function inChunks(
  pool: Pool,
  { runNo, nodeNo, after, limit }: Wanted,
  { chunks, until, state }: { chunks: readonly number[]; until: number; state: MessageState },
): Promise<FoundMessage[]> {
  const { rows } = await pool.query<StoredRow>(
    `select distinct on (m.seq) ${STORED_COLUMNS} from messages m
     where m.run_no = $1 and m.node_no = $2 and m.seq > $3 and m.seq <= $4 and m.chunk_no = any($5) and m.state = $6
     order by m.seq, m.attempt desc limit $7`,
    [runNo, nodeNo, after, until, chunks, messageStateNumber(state), limit],
  )
  return rows.map(toFound)
}
