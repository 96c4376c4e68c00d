import type { PoolClient } from 'pg'
import type { LawFacts } from '#runtime/run/law.ts'
import { MESSAGE_RANK, messageStateNumber, messageStateOf } from '#runtime/states/message-states.ts'

interface FactsRow {
  total: number | null
  chosen_out: number
  chunks: (Omit<LawFacts['chunks'][number], 'nodeNo'> & { node_no: number })[]
  messages: { node_no: number; state: number; count: number }[]
  deltas: { node_no: number; state: number; count: number }[]
  outcomes: Record<string, number>
  nodes: { node_no: number; port: number; rows: number }[]
}

// One statement, one snapshot: everything the law compares, counted from the rows themselves. Where all messages are first attempts of one
// channel each recipient has one, so they are counted as they are; sorting a million of them by recipient would cost three times as much.
const text = `
with g as materialized (select node_no, attempt, state, count(*)::int as count from messages where run_no = $1 group by 1, 2, 3)
select r.total, r.chosen_out,
  (select coalesce(json_agg(c), '[]') from (
    select node_no, sum(n)::int as n, coalesce(sum(n) filter (where attempt = 1 and kind <> 2), 0)::int as first, sum(sent)::int as sent,
      sum(failed)::int as failed, sum(unconfirmed)::int as unconfirmed, sum(skipped)::int as skipped, sum(moved)::int as moved,
      count(*) filter (where n <> sent + failed + unconfirmed + skipped + moved)::int as unlawful
    from run_chunk where run_no = $1 group by node_no) c) as chunks,
  (select coalesce(json_agg(m), '[]') from (select node_no, state, sum(count)::int as count from g group by 1, 2) m) as messages,
  (select coalesce(json_agg(d), '[]') from (select node_no, state, sum(n)::int as count from run_report_counts where run_no = $1 group by 1, 2) d) as deltas,
  case when (select count(*) <= 1 from (select distinct node_no, attempt from g) way)
    then (select coalesce(json_object_agg(array_position($2::smallint[], state), count), '{}') from g)
    else (select coalesce(json_object_agg(o.best, o.count), '{}') from (
      select best, count(*)::int from (
        select min(array_position($2::smallint[], state)) as best from messages where run_no = $1 group by seq) s group by best) o)
    end as outcomes,
  (select coalesce(json_agg(p), '[]') from (select node_no, port, sum(rows)::bigint as rows from run_node where run_no = $1 group by 1, 2) p) as nodes
from workflow_run r where r.run_no = $1`

/** What the law of a run compares (runtime/run/law.ts). Reads every message row of the run once; where some have several, twice. */
export async function readLawFacts(client: Pick<PoolClient, 'query'>, runNo: number): Promise<LawFacts> {
  const { rows } = await client.query<FactsRow>(text, [runNo, MESSAGE_RANK.map(messageStateNumber)])
  const row = rows[0]
  if (!row) throw new Error(`There is no run ${runNo}`)
  const named = (list: FactsRow['messages']): LawFacts['messages'] =>
    list.map(({ node_no, state, count }) => ({ nodeNo: node_no, state: messageStateOf(state), count }))
  return {
    total: row.total ?? 0,
    chosenOut: row.chosen_out,
    chunks: row.chunks.map(({ node_no, ...sums }) => ({ nodeNo: node_no, ...sums })),
    messages: named(row.messages),
    deltas: named(row.deltas),
    outcomes: Object.fromEntries(
      Object.entries(row.outcomes).map(([place, count]) => [MESSAGE_RANK[Number(place) - 1] ?? 'pending', count]),
    ),
    nodes: row.nodes.map(({ node_no, port, rows: count }) => ({ nodeNo: node_no, port, rows: count })),
  }
}
