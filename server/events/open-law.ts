import type { Pool } from 'pg'
import type { LawCheck } from '#runtime/run/law.ts'
import { EVENTS } from '#server/runs/run-kinds.ts'

/** `workflow_run.law` of a run that is open: what was compared so far. At its end the whole law takes its place. */
export interface OpenLaw {
  readonly holds: boolean
  readonly compared: number
  readonly broken: readonly LawCheck[]
  /** Up to this number all chunks are closed and were compared. */
  readonly checkedSeq: number
}

const NOTHING: OpenLaw = { holds: true, compared: 0, broken: [], checkedSeq: 0 }

// One snapshot. What came in from outside lies in chunks with a time; people whom a step left out, at the same node, in chunks without one. Of each closed chunk that was not compared yet: n = Σ counters, and a message row for each of them; rows that a step
// handed on (moved, before any channel) have none. A chunk is counted whole, also where it reaches back behind $2: while one row of many waits or is
// tried again, the others are closed on both sides of it. `until`: what lies before the first chunk that is still open.
const text = `
with closed as (
  select k.node_no, k.no, k.n, k.seq_from, k.moved, k.n = k.sent + k.failed + k.unconfirmed + k.skipped + k.moved as adds_up
  from run_chunk k where k.run_no = $1 and k.state = 2 and k.seq_to > $2),
counted as (
  select m.node_no, m.chunk_no, count(*)::int as rows from messages m
  where m.run_no = $1 and m.seq >= (select min(seq_from) from closed) group by 1, 2),
judged as (
  select c.node_no, c.adds_up, coalesce(m.rows, 0) in (c.n, c.n - c.moved) as has_rows
  from closed c left join counted m on m.node_no = c.node_no and m.chunk_no = c.no)
select r.total, r.law,
  coalesce((select min(seq_from) - 1 from run_chunk where run_no = $1 and state <> 2), r.total) as until,
  (select coalesce(json_agg(j), '[]') from (
    select node_no as "nodeNo", count(*)::int as compared, count(*) filter (where not adds_up)::int as sums,
      count(*) filter (where not has_rows)::int as rows from judged group by node_no) j) as nodes,
  (select coalesce(sum(n), 0)::int from run_chunk where run_no = $1 and node_no = $3 and attempt = 1 and kind <> 2 and ready_at > '-infinity') as entered
from workflow_run r where r.run_no = $1`

interface Found {
  total: number
  law: OpenLaw | null
  until: number
  entered: number
  nodes: { nodeNo: number; compared: number; sums: number; rows: number }[]
}

/**
 * Compares what of an open run was closed since the last time. `entry`: the stage that its rows come to first; all that were numbered lie there.
 * @returns what holds so far; null: the run is open no more
 */
export async function checkOpenLaw(pool: Pool, { runNo, entry }: { runNo: number; entry: number }): Promise<OpenLaw | null> {
  const { rows: before } = await pool.query<{ law: OpenLaw | null }>('select law from workflow_run where run_no = $1', [runNo])
  const last = before[0]?.law ?? NOTHING
  const { rows } = await pool.query<Found>(text, [runNo, last.checkedSeq, entry])
  const found = rows[0]
  if (!found) return null
  const checks = [
    { what: 'rows handed over', nodeNo: entry, expected: found.total, found: found.entered },
    ...found.nodes.flatMap(({ nodeNo, sums, rows: missing }) => [
      { what: 'chunks', nodeNo, expected: 0, found: sums },
      { what: 'messages', nodeNo, expected: 0, found: missing },
    ]),
  ]
  const broken = [...last.broken, ...checks.filter((check) => check.expected !== check.found)].slice(0, 100)
  const compared = last.compared + found.nodes.reduce((sum, node) => sum + node.compared, 0)
  const law: OpenLaw = { holds: broken.length === 0, compared, broken, checkedSeq: Math.max(last.checkedSeq, found.until) }
  const { rowCount } = await pool.query(
    `update workflow_run set law = $2 where run_no = $1 and kind = ${EVENTS} and rows_closed_at is null`,
    [runNo, JSON.stringify(law)],
  )
  return rowCount ? law : null
}
