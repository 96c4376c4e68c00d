import type { PoolClient } from 'pg'
import { guardsOf, judgeAudience, judgePrepared, type PreparedFacts } from '#runtime/run/guards.ts'
import type { StoredError } from '#runtime/sdk/index.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import type { Guards } from '#schemas/guards.ts'
import { JUMP_LEAST_RECIPIENTS } from '#schemas/guards.ts'
import { EVENTS } from '#server/runs/run-kinds.ts'

/** Where a run goes when its audience is complete, and what its chunks wait for. */
export interface SpoolVerdict {
  readonly state: 'sending' | 'waiting' | 'paused'
  readonly reason: StoredError | null
  /** State of the chunks: 0 ready, 3 held by a pause, 4 waiting for an approval. */
  readonly chunks: 0 | 3 | 4
  /** Send to so many first; null: to all. */
  readonly first: number | null
  /** What a guard found, also where a person is asked anyway. */
  readonly guard: StoredError | null
}

interface JudgedRow {
  kind: number
  pause_requested: boolean
  first_n: number | null
  asks: boolean
  guards: Guards | null
  workspace_guards: Guards
  left_out: number
  last: number | null
}

// The run's row is locked: a pause that is asked for meanwhile finds the run as it is afterwards.
const text = `
select r.kind, r.pause_requested, r.first_n, r.asks, r.pinned->'document'->'settings'->'guards' as guards,
  (select w.guards from workspace w where w.id = r.workspace_id) as workspace_guards,
  (select coalesce(sum(k.n), 0)::int from run_chunk k where k.run_no = $1 and k.state = 2) as left_out,
  (select l.total from workflow_run l where l.workflow_id = r.workflow_id and l.kind = 0 and l.state = ${runStateNumber('completed')} and l.total >= $2
   order by l.closed_at desc limit 1) as last
from workflow_run r where r.run_no = $1 for update of r`

/**
 * Judges an audience that is complete and of which nothing is visible yet, in the transaction that makes it so. A test run and one that
 * never ends (events) are not judged. A run that asks waits for its person in any case; where there is nobody, there is nothing to ask.
 */
export async function judgeSpool(
  client: Pick<PoolClient, 'query'>,
  run: { runNo: number; total: number; prepared: PreparedFacts | null },
): Promise<SpoolVerdict> {
  const { rows } = await client.query<JudgedRow>(text, [run.runNo, JUMP_LEAST_RECIPIENTS])
  const row = rows[0]
  if (!row) throw new Error(`There is no run ${run.runNo}`)
  const first = row.first_n
  if (row.kind === 0) {
    const facts = { total: run.total, leftOut: row.left_out, last: row.last }
    const guards = guardsOf(row.guards, row.workspace_guards)
    const reason = judgeAudience(guards, facts) ?? (run.prepared && judgePrepared(guards, run.prepared))
    const count = run.prepared?.ready ?? run.total - row.left_out
    if (row.asks && run.total > row.left_out)
      return { state: 'waiting', reason: { code: 'launch-prepared', fields: { count } }, chunks: 4, first, guard: reason }
    if (reason) return { state: 'waiting', reason, chunks: 4, first, guard: reason }
  }
  const guard = null
  if (row.kind !== EVENTS && run.total - row.left_out <= 0)
    return { state: 'sending', reason: { code: 'empty-audience', fields: {} }, chunks: 0, first: null, guard }
  if (row.pause_requested) return { state: 'paused', reason: { code: 'paused-by-person', fields: {} }, chunks: 3, first, guard }
  return { state: 'sending', reason: null, chunks: 0, first, guard }
}
