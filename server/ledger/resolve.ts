import type { PoolClient } from 'pg'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import { moveMessages, type ChunkMessages } from './move-messages.ts'

/** Which unconfirmed messages of a run: one, those of one step, or all. */
export interface Unconfirmed {
  readonly nodeNo?: number | undefined
  readonly message?: { readonly nodeNo: number; readonly seq: number; readonly attempt: number } | undefined
}

const unconfirmed = messageStateNumber('unconfirmed')

// Chunks without an unconfirmed row are passed over by their counter; who was resolved already is in another state.
const text = `
select m.node_no, m.chunk_no, m.attempt, array_agg(m.seq order by m.seq) as seqs
from run_chunk k join messages m
  on m.run_no = $1::bigint and m.node_no = k.node_no and m.seq between k.seq_from and k.seq_to and m.chunk_no = k.no
where k.run_no = $1 and k.unconfirmed > 0 and m.state = ${unconfirmed}
  and ($2::smallint is null or (k.node_no = $2 and m.node_no = $2))
  and ($3::int is null or (m.seq = $3 and m.attempt = $4::smallint))
group by 1, 2, 3 order by 1, 2, 3`

/** The unconfirmed messages that are meant, chunk by chunk. */
export async function findUnconfirmed(
  client: Pick<PoolClient, 'query'>,
  runNo: number,
  { nodeNo, message }: Unconfirmed,
): Promise<ChunkMessages[]> {
  const { rows } = await client.query<{ node_no: number; chunk_no: number; attempt: number; seqs: number[] }>(text, [
    runNo,
    message?.nodeNo ?? nodeNo ?? null,
    message?.seq ?? null,
    message?.attempt ?? null,
  ])
  return rows.map(({ node_no, chunk_no, attempt, seqs }) => ({ nodeNo: node_no, chunkNo: chunk_no, attempt, seqs }))
}

/** Marks messages as sent by a person's word. @returns how many */
export async function resolveAsSent(
  client: Pick<PoolClient, 'query'>,
  runNo: number,
  { groups, actor }: { groups: readonly ChunkMessages[]; actor: string },
): Promise<number> {
  let count = 0
  for (const group of groups)
    count += (await moveMessages(client, group, { runNo, from: [unconfirmed], to: 'sent', actor })).length
  return count
}
