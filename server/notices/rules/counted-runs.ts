import type { Pool } from 'pg'
import type { Plan } from '#runtime/compile/plan.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { outcomesOf } from '#server/runs/outcomes.ts'
import { isOver, type RunRow } from '#server/runs/run-row.ts'
import { readSums, type RunSums } from '#server/runs/sums.ts'
import type { NoticeLimits } from '../limits.ts'
import type { LookMemory } from '../memory.ts'
import type { Ended, Findings, Trouble } from '../trouble.ts'
import { judgeShare, type Counts, type JudgedRun } from './share.ts'

type CountedRun = JudgedRun & Pick<RunRow, 'run_no' | 'outcomes'>

// Runs that send, those that ended since the last look, and those of open notices; those that only wait for reports once a minute.
const text = `
with looked as (
  select id from workflow_run where (state = any($1) or ($2 and state = $3)) and kind <> 1
  union select id from workflow_run where closed_at > $4 and kind <> 1
  union select r.id from notice n join workflow_run r on r.id = n.run_id and r.workspace_id = n.workspace_id
    where n.state <> 'resolved' and n.kind in ('unconfirmed', 'failure-rate'))
select r.id, r.run_no, r.workspace_id, r.workflow_id, r.number, r.kind, r.state, r.outcomes, r.total, r.chosen_out, w.name as workflow,
  coalesce(p.sent, 0) as tried_sent, coalesce(p.failed, 0) as tried_failed
from looked join workflow_run r using (id) join workflow w on w.id = r.workflow_id
left join lateral (select sum(sent)::int as sent, sum(failed)::int as failed from run_progress where run_no = r.run_no) p on true
order by r.run_no desc limit 1000`

/** How long failures of a run that never ends are counted together. */
const WINDOW_MS = 3_600_000
const ALL_EVERY_MS = 60_000

export interface CountDeps {
  readonly pool: Pool
  /** The plan of a run; null where it cannot be made any more. */
  readonly plan: (runId: string) => Promise<Plan | null>
  readonly limitsOf: (workspaceId: string) => NoticeLimits
}

/** Messages that could not be confirmed, and shares of failures. From counters of chunks and reports: no message is looked at. */
export async function countedRuns(
  { pool, plan, limitsOf }: CountDeps,
  look: { closedSince: string; memory: LookMemory; now: Date },
): Promise<{ findings: Findings; memory: Pick<LookMemory, 'countedAt' | 'windows'> }> {
  const { memory, now } = look
  const all = now.getTime() - (Date.parse(memory.countedAt) || 0) >= ALL_EVERY_MS
  const sending = [runStateNumber('sending'), runStateNumber('paused')]
  const values = [sending, all, runStateNumber('settling'), look.closedSince]
  const { rows } = await pool.query<CountedRun>({ name: 'notice-counted', text, values })
  const sums = await readSums(
    pool,
    rows.map(({ run_no }) => Number(run_no)),
  )
  const windows: Record<string, LookMemory['windows'][string]> = {}
  const unconfirmed: Trouble[] = []
  const happened: Trouble[] = []
  const ended: Ended[] = []
  for (const row of rows) {
    const counts = countsOf(row, await planOf(row, plan), sums.get(Number(row.run_no)))
    if (counts.unconfirmed > 0) unconfirmed.push(unconfirmedOf(row, counts.unconfirmed))
    const window = row.kind === 2 ? windowOf(memory.windows[row.id], counts, now) : null
    if (window) windows[row.id] = window
    const judged = judgeShare(row, { counts, window, percent: limitsOf(row.workspace_id).failurePercent })
    if (judged && 'code' in judged) happened.push(judged)
    else if (judged) ended.push(judged)
  }
  const lasting = [{ kind: 'unconfirmed', codes: ['messages-unconfirmed'], troubles: unconfirmed }] as const
  return { findings: { lasting, happened, ended }, memory: { countedAt: all ? now.toISOString() : memory.countedAt, windows } }
}

/** The outcomes of a run that is over were frozen with its plan at hand. */
const planOf = async (row: CountedRun, plan: CountDeps['plan']): Promise<Plan | null> =>
  isOver(row) && row.outcomes ? null : plan(row.id)

function countsOf(row: CountedRun, plan: Plan | null, sums: RunSums | undefined): Counts & { unconfirmed: number } {
  const outcomes = outcomesOf(row, plan, sums)
  const of = (...states: string[]): number => states.reduce((sum, state) => sum + (outcomes[state] ?? 0), 0)
  return { good: of('sent', 'delivered', 'converted'), failed: of('failed', 'expired'), unconfirmed: of('unconfirmed') }
}

function windowOf(before: LookMemory['windows'][string] | undefined, counts: Counts, now: Date): LookMemory['windows'][string] {
  // A run that is seen for the first time just began.
  if (!before) return { at: now.toISOString(), good: 0, failed: 0 }
  if (now.getTime() - Date.parse(before.at) < WINDOW_MS) return before
  return { at: now.toISOString(), good: counts.good, failed: counts.failed }
}

function unconfirmedOf(row: CountedRun, count: number): Trouble {
  return {
    workspaceId: row.workspace_id,
    kind: 'unconfirmed',
    subject: `run:${row.id}`,
    runId: row.id,
    workflowId: row.workflow_id,
    connectionId: null,
    code: 'messages-unconfirmed',
    fields: { workflow: row.workflow, run: row.number, count },
    // Whoever dismissed it is told again when there are twice as many.
    mark: Math.floor(Math.log2(count)) + 1,
  }
}
