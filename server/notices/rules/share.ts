import { isOver, recipientsOf, type RunRow } from '#server/runs/run-row.ts'
import { LEAST_TRIED } from '../limits.ts'
import type { LookMemory } from '../memory.ts'
import type { Ended, Trouble } from '../trouble.ts'

export interface Counts {
  readonly good: number
  readonly failed: number
}

export type JudgedRun = Pick<
  RunRow,
  'id' | 'workspace_id' | 'workflow_id' | 'number' | 'kind' | 'state' | 'total' | 'chosen_out'
> & {
  readonly workflow: string
  /** What providers answered so far; people who were left out are not in it. */
  readonly tried_sent: number
  readonly tried_failed: number
}

/** So many answers must be there before a run that goes on is told because half of them are refusals. */
const LEAST_EARLY = 200

/**
 * Judges the share of failures. A run that is over by its outcomes; one that never ends by a window of time; one that goes on only by what
 * its end cannot mend any more (more failures than the limit of all its recipients), or when half of what was tried fails: the first
 * messages of a run say little, and who could not be sent to at all is counted before anybody.
 * One notice a workflow; the next run that ends well ends it.
 */
export function judgeShare(
  row: JudgedRun,
  { counts, window, percent }: { counts: Counts; window: LookMemory['windows'][string] | null; percent: number },
): Trouble | Ended | null {
  if (window) {
    const since = { good: counts.good - window.good, failed: counts.failed - window.failed }
    const at = { subject: `open:${row.workflow_id}`, mark: Math.floor(Date.parse(window.at) / 1000) }
    return judge(row, { ...at, ...since, of: since.good + since.failed, percent })
  }
  const at = { subject: `workflow:${row.workflow_id}`, mark: row.number }
  if (isOver(row)) return judge(row, { ...at, ...counts, of: counts.good + counts.failed, percent })
  const sooner = judge(row, { ...at, ...counts, of: recipientsOf(row) ?? 0, percent }) ?? null
  if (sooner && 'code' in sooner) return sooner
  const tried = row.tried_sent + row.tried_failed
  if (tried < LEAST_EARLY || row.tried_failed * 2 < tried) return null
  return judge(row, { ...at, failed: row.tried_failed, of: tried, percent })
}

function judge(
  row: JudgedRun,
  share: { subject: string; mark: number; failed: number; of: number; percent: number },
): Trouble | Ended | null {
  const { subject, mark, failed, of, percent } = share
  if (of < LEAST_TRIED) return null
  const base = { workspaceId: row.workspace_id, kind: 'failure-rate', subject } as const
  if (failed * 100 <= percent * of) return { ...base, upTo: mark }
  const rounded = Math.round((failed * 1000) / of) / 10
  return {
    ...base,
    runId: row.id,
    workflowId: row.workflow_id,
    connectionId: null,
    code: 'failure-rate',
    fields: { workflow: row.workflow, run: row.number, percent: rounded, failed, tried: of, limit: percent },
    mark,
  }
}
