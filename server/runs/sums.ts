import type { Pool } from 'pg'
import { messageStateOf } from '#runtime/states/message-states.ts'
import type { MessageState } from '#schemas/states.ts'

/** Sums over the chunks of one node of a run. */
export interface NodeSums {
  readonly nodeNo: number
  readonly n: number
  /** Rows that came for the first time, not for another attempt. */
  readonly first: number
  /** Rows that a person wished to be sent again; they came from chunks in which their message is `errored` now. */
  readonly resent: number
  readonly sent: number
  readonly failed: number
  readonly unconfirmed: number
  readonly skipped: number
  readonly moved: number
  /** Rows of open chunks that nobody claimed, and rows that were claimed and have no answer yet. */
  readonly pending: number
  readonly sending: number
  /** Those of them whose chunk is in a worker's hands: calls that are under way, or about to be. */
  readonly inFlight: number
}

/** People of closed chunks who were not sent to: the time was over, or the run was cancelled. Their chunk counts them as failed. */
export interface NeverSentAt {
  readonly expired: number
  readonly cancelled: number
}

/** What the tables say of one run; a few thousand small rows at most, none of them a message. */
export interface RunSums {
  readonly chunks: readonly NodeSums[]
  readonly reports: readonly { readonly nodeNo: number; readonly state: MessageState; readonly n: number }[]
  readonly nodes: readonly { readonly nodeNo: number; readonly port: number; readonly rows: number }[]
  readonly reads: readonly {
    readonly nodeNo: number
    readonly statements: number
    readonly databaseMs: number
    readonly ambiguous: number
  }[]
  /** By node, where it was read: those of `failed` who were not sent to. */
  readonly neverSent?: ReadonlyMap<number, NeverSentAt>
  /** When the first open chunk may be taken; null: none waits for its time, or some may be taken now. */
  readonly waitsUntil: string | null
  /** People who wait at a step for their time, by the node that takes them then; when the first and the last go on. */
  readonly waits?: readonly WaitSums[]
}

export interface WaitSums {
  readonly nodeNo: number
  readonly n: number
  readonly first: string
  readonly last: string
}

interface SumsRow {
  run_no: string
  chunks: NodeSums[]
  reports: { nodeNo: number; state: number; n: number }[]
  nodes: RunSums['nodes']
  reads: RunSums['reads']
  waits_until: string | null
  waits: WaitSums[]
}

const text = `
select r.run_no,
  (select coalesce(json_agg(c), '[]') from (
    select node_no as "nodeNo", sum(n)::int as n, coalesce(sum(n) filter (where attempt = 1 and kind <> 2), 0)::int as first,
      coalesce(sum(n) filter (where kind = 2), 0)::int as resent, sum(sent)::int as sent,
      sum(failed)::int as failed, sum(unconfirmed)::int as unconfirmed, sum(skipped)::int as skipped, sum(moved)::int as moved,
      coalesce(sum(n - greatest(claimed, sent + failed + unconfirmed + skipped + moved)) filter (where state <> 2), 0)::int as pending,
      coalesce(sum(greatest(claimed - (sent + failed + unconfirmed + skipped + moved), 0)) filter (where state <> 2), 0)::int as sending,
      coalesce(sum(greatest(claimed - (sent + failed + unconfirmed + skipped + moved), 0)) filter (where state = 1), 0)::int as "inFlight"
    from run_chunk where run_no = r.run_no group by node_no) c) as chunks,
  (select coalesce(json_agg(d), '[]') from (
    select node_no as "nodeNo", state, sum(n)::int as n from run_report_counts where run_no = r.run_no group by 1, 2) d) as reports,
  (select coalesce(json_agg(p), '[]') from (
    select node_no as "nodeNo", port, sum(rows)::bigint as rows from run_node where run_no = r.run_no group by 1, 2) p) as nodes,
  (select coalesce(json_agg(q), '[]') from (
    select node_no as "nodeNo", sum(statements)::bigint as statements, sum(database_ms) as "databaseMs", sum(ambiguous)::bigint as ambiguous from run_read where run_no = r.run_no group by 1) q) as reads,
  (select case when bool_and(state = 0 and ready_at > now()) then min(ready_at) end from run_chunk where run_no = r.run_no and state in (0, 1, 3, 4)) as waits_until,
  (select coalesce(json_agg(t), '[]') from (
    select node_no as "nodeNo", sum(n)::int as n, min(ready_at) as first, max(ready_at) as last
    from run_chunk where run_no = r.run_no and state in (0, 3) and came_at > now() and ready_at > now() group by node_no) t) as waits
from unnest($1::bigint[]) r(run_no)`

/** Reads the sums of several runs at once; each part names its run. */
export async function readSums(pool: Pick<Pool, 'query'>, runNos: readonly number[]): Promise<ReadonlyMap<number, RunSums>> {
  if (runNos.length === 0) return new Map()
  const { rows } = await pool.query<SumsRow>({ name: 'run-sums', text, values: [runNos] })
  return new Map(
    rows.map(({ run_no, chunks, reports, nodes, reads, waits_until, waits }) => [
      Number(run_no),
      {
        chunks,
        reports: reports.map(({ nodeNo, state, n }) => ({ nodeNo, state: messageStateOf(state), n })),
        nodes,
        reads,
        waitsUntil: waits_until,
        waits,
      },
    ]),
  )
}

/** What reports moved at a node. */
export function reported(sums: RunSums, nodeNo: number, state: MessageState): number {
  return sums.reports.reduce((sum, row) => (row.nodeNo === nodeNo && row.state === state ? sum + row.n : sum), 0)
}
