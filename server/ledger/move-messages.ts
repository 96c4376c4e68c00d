import type { PoolClient } from 'pg'
import { messageStateNumber, messageStatesBefore } from '#runtime/states/message-states.ts'
import { numberArray } from './array-literal.ts'

/** Messages of one chunk that a person says something about. */
export interface ChunkMessages {
  readonly nodeNo: number
  readonly chunkNo: number
  readonly attempt: number
  readonly seqs: readonly number[]
}

// As reports do it: the messages move forward only, the deltas of the counts are part of the same statement, the first move starts the
// history. Who did it stands with the move.
const text = `
with o as (
  select m.seq, m.state as old from unnest($5::int[]) w(seq)
  join messages m on m.run_no = $1::bigint and m.node_no = $2::smallint and m.attempt = $3::smallint and m.seq = w.seq
  where m.chunk_no = $4::int and m.state = any($6::smallint[]) for update of m),
moved as (
  update messages m set state = $7::smallint, final_at = null, error_code = case when $7 = ${messageStateNumber('sent')} then null else m.error_code end,
    history = coalesce(m.history, jsonb_build_array(jsonb_build_array(m.state, coalesce(m.sent_at, m.final_at))))
      || jsonb_build_array(jsonb_build_array($7::smallint, now(), $8::text))
  from o where m.run_no = $1 and m.node_no = $2 and m.attempt = $3 and m.seq = o.seq returning o.seq, o.old),
deltas as (
  insert into run_report_counts (run_no, node_no, state, shard, n)
  select $1, $2, d.state, 0, sum(d.n) from (select old as state, -1 as n from moved union all select $7, 1 from moved) d group by d.state
  on conflict (run_no, node_no, state, shard) do update set n = run_report_counts.n + excluded.n)
select seq from moved order by seq`

/**
 * Moves messages of one chunk by a person's word, if they are still in one of the states `from` (and may move at all).
 * @returns the numbers of those that moved, ascending
 */
export async function moveMessages(
  client: Pick<PoolClient, 'query'>,
  messages: ChunkMessages,
  move: { runNo: number; from: readonly number[]; to: 'sent' | 'errored'; actor: string },
): Promise<number[]> {
  const legal = messageStatesBefore(move.to).filter((state) => move.from.includes(state))
  const { rows } = await client.query<{ seq: number }>({
    name: 'move-messages',
    text,
    values: [
      move.runNo,
      messages.nodeNo,
      messages.attempt,
      messages.chunkNo,
      numberArray(messages.seqs),
      numberArray(legal),
      messageStateNumber(move.to),
      move.actor,
    ],
  })
  return rows.map(({ seq }) => seq)
}
