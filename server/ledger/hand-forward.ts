import type { RowResults, TakenChunk } from '#runtime/run/ledger.ts'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import { runStateOf } from '#runtime/states/run-states.ts'
import type { RunState } from '#schemas/states.ts'
import { numberArray, textArray } from './array-literal.ts'
import { refreshEnd } from './finish.ts'
import type { SendRun } from './ledger-run.ts'
import { FREED_FROM_US, untilJudged } from './until-judged.ts'
import { withClient } from './with-client.ts'

const sent = messageStateNumber('sent')
const unconfirmed = messageStateNumber('unconfirmed')

// As reports do it: forward only, the deltas of the counts in the same statement, the first move starts the history.
const text = `
with known as (select * from unnest($5::int[], $6::text[]) k(seq, provider_id)),
moved as (
  update messages m set state = ${sent}, provider_id = k.provider_id, error_code = null, final_at = null,
    history = coalesce(m.history, jsonb_build_array(jsonb_build_array(m.state, coalesce(m.sent_at, m.final_at)))) || jsonb_build_array(jsonb_build_array(${sent}, now()))
  from known k where m.run_no = $1::bigint and m.node_no = $2::smallint and m.seq = k.seq and m.attempt = $3::smallint
    and m.chunk_no = $4::int and m.state = ${unconfirmed} returning 1),
counted as (select count(*)::int as n from moved),
deltas as (
  insert into run_report_counts (run_no, node_no, state, shard, n)
  select $1, $2, d.state, 0, d.n from (select ${unconfirmed} as state, -n as n from counted union all select ${sent}, n from counted) d where d.n <> 0
  on conflict (run_no, node_no, state, shard) do update set n = run_report_counts.n + excluded.n)
select n from counted`

/** States in which outcomes and law were counted already. */
const COUNTED: readonly RunState[] = ['settling', 'completed', 'cancelled']

const judging = `
select count(*)::int as n from messages m
where m.run_no = $1 and m.node_no = $2 and m.chunk_no = $3 and m.attempt = $4 and m.seq = any($5::int[])`

/** Messages that were sent, in the order of the chunk: parallel arrays. */
interface Sent {
  readonly seqs: readonly number[]
  readonly providerIds: readonly (string | null)[]
}

/**
 * What a worker knows that lost its chunk: messages of it that the provider accepted, and that the one who took over could only call
 * unconfirmed, are sent. Nothing else is changed; where the run has ended meanwhile, its outcomes are told anew. What is not judged yet is
 * waited for. @returns how many
 */
export async function handForward(
  run: SendRun,
  chunk: TakenChunk,
  known: { from: number; results: Pick<RowResults, 'states' | 'providerIds'> },
): Promise<number> {
  const { states, providerIds } = known.results
  const places = [...states.keys()].filter((place) => states[place] === 'sent')
  if (places.length === 0) return 0
  const sent = {
    seqs: places.map((place) => chunk.rows.seqs[known.from + place] ?? 0),
    providerIds: places.map((place) => providerIds[place] ?? null),
  }
  let moved = 0
  await untilJudged(async () => {
    const said = await sayOnce(run, chunk, sent)
    moved += said.moved
    return said.over
  }, run.judgement)
  return moved
}

/** One transaction, which changes nothing when it is tried a second time. */
async function sayOnce(run: SendRun, chunk: TakenChunk, sent: Sent): Promise<{ moved: number; over: boolean }> {
  const { runNo } = run
  const { nodeNo, no, attempt, epoch } = chunk
  const seqs = numberArray(sent.seqs)
  return withClient(run.pool, async (client) => {
    await client.query('begin')
    // Who ends the run locks its row too: it counts what is moved here, or has ended it before.
    const found = await client.query<{ state: number }>('select state from workflow_run where run_no = $1 for update', [runNo])
    const { rows } = await client.query<{ n: number }>({
      name: 'hand-forward',
      text,
      values: [runNo, nodeNo, attempt, no, seqs, textArray(sent.providerIds)],
    })
    const moved = rows[0]?.n ?? 0
    const state = found.rows[0]?.state
    if (moved > 0 && state !== undefined && COUNTED.includes(runStateOf(state))) await refreshEnd(client, run)
    const judged = await client.query<{ n: number }>(judging, [runNo, nodeNo, no, attempt, seqs])
    const freed = await client.query(FREED_FROM_US, [runNo, nodeNo, no, epoch])
    await client.query('commit')
    return { moved, over: freed.rows.length === 0 || judged.rows[0]?.n === sent.seqs.length }
  })
}
