import type { PoolClient } from 'pg'
import type { FailureClass } from '#runtime/sdk/index.ts'
import { messageStateNumber, messageStatesBefore } from '#runtime/states/message-states.ts'
import { numberArray, textArray } from '#server/ledger/array-literal.ts'

/** A report that knows its message. */
export interface KnownReport {
  readonly nodeNo: number
  readonly seq: number
  readonly attempt: number
  readonly state: 'delivered' | 'failed'
  readonly errorCode: string | null
  readonly class: FailureClass | null
  readonly at: string
}

/** A message that a report moved. */
export interface MovedMessage {
  readonly nodeNo: number
  readonly seq: number
  readonly attempt: number
  readonly chunkNo: number
  readonly state: 'delivered' | 'failed'
  readonly class: FailureClass | null
}

const n = messageStateNumber

// Nothing arrives before it was sent: a vendor's clock may be behind ours.
// Messages move forward only; the deltas of the counts are part of the same statement. The first move starts the history.
const text = `
with r as (
  select * from unnest($2::smallint[], $3::int[], $4::smallint[], $5::smallint[], $6::text[], $7::timestamptz[]) r(node_no, seq, attempt, state, code, at)),
o as (
  select m.node_no, m.seq, m.attempt, m.chunk_no, m.state as old, r.state as new, r.code, greatest(r.at, m.sent_at) as at
  from r join messages m on m.run_no = $1::bigint and (m.node_no, m.seq, m.attempt) = (r.node_no, r.seq, r.attempt)
  where (r.state = ${n('delivered')} and m.state = any($8::smallint[])) or (r.state = ${n('failed')} and m.state = any($9::smallint[]))
  for update of m),
moved as (
  update messages m set state = o.new, error_code = o.code, final_at = o.at,
    history = coalesce(m.history, jsonb_build_array(jsonb_build_array(m.state, m.sent_at))) || jsonb_build_array(jsonb_build_array(o.new, o.at))
  from o where m.run_no = $1 and (m.node_no, m.seq, m.attempt) = (o.node_no, o.seq, o.attempt) returning o.node_no, o.seq, o.attempt, o.chunk_no, o.old, o.new),
deltas as (
  insert into run_report_counts (run_no, node_no, state, shard, n)
  select $1, d.node_no, d.state, $10::smallint, sum(d.n) from (
    select node_no, old as state, -1 as n from moved union all select node_no, new, 1 from moved) d group by d.node_no, d.state
  on conflict (run_no, node_no, state, shard) do update set n = run_report_counts.n + excluded.n)
select node_no, seq, attempt, chunk_no, new from moved`

/**
 * Applies reports of one run in a batch, each message at most once in it. Gives back those that moved; a report that would lead backwards,
 * or whose message does not exist, changes nothing.
 */
export async function applyReports(
  client: Pick<PoolClient, 'query'>,
  batch: { runNo: number; reports: readonly KnownReport[]; shard: number },
): Promise<MovedMessage[]> {
  const reports = lastOfEach(batch.reports)
  if (reports.length === 0) return []
  const { rows } = await client.query<{ node_no: number; seq: number; attempt: number; chunk_no: number; new: number }>({
    name: 'apply-reports',
    text,
    values: [
      batch.runNo,
      numberArray(reports.map((report) => report.nodeNo)),
      numberArray(reports.map((report) => report.seq)),
      numberArray(reports.map((report) => report.attempt)),
      numberArray(reports.map((report) => n(report.state))),
      textArray(reports.map((report) => report.errorCode)),
      textArray(reports.map((report) => report.at)),
      numberArray(messageStatesBefore('delivered')),
      numberArray(messageStatesBefore('failed')),
      batch.shard,
    ],
  })
  const classes = new Map(reports.map((report) => [keyOf(report), report.class]))
  return rows.map((row) => ({
    nodeNo: row.node_no,
    seq: row.seq,
    attempt: row.attempt,
    chunkNo: row.chunk_no,
    state: row.new === n('failed') ? 'failed' : 'delivered',
    class: classes.get(keyOf({ nodeNo: row.node_no, seq: row.seq, attempt: row.attempt })) ?? null,
  }))
}

function keyOf(key: { nodeNo: number; seq: number; attempt: number }): string {
  return `${key.nodeNo} ${key.seq} ${key.attempt}`
}

/** Two reports of one message in a batch: a delivery wins, else the later one. */
function lastOfEach(reports: readonly KnownReport[]): KnownReport[] {
  const kept = new Map<string, KnownReport>()
  for (const report of reports) if (kept.get(keyOf(report))?.state !== 'delivered') kept.set(keyOf(report), report)
  return [...kept.values()]
}
