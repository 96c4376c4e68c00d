import type { WorkflowItem } from '#schemas/api/workflows.ts'
import type { CheckedWorkflow } from '#runtime/compile/check.ts'
import type { WorkflowRow } from './rows.ts'

const KEPT = 1000
const FRESH_MS = 60_000

/** Counts a draft's problems for lists. A draft is judged once a revision and minute, so that a list of many workflows does not ask their databases each time. */
export function problemCounter(
  check: (row: WorkflowRow, signal: AbortSignal) => Promise<Pick<CheckedWorkflow, 'problems'>>,
): (row: WorkflowRow) => Promise<WorkflowItem['problems']> {
  const known = new Map<string, { at: number; counts: Promise<WorkflowItem['problems']> }>()
  return (row) => {
    const key = `${row.id} ${row.revision}`
    const found = known.get(key)
    if (found && Date.now() - found.at < FRESH_MS) return found.counts
    const counts = check(row, AbortSignal.timeout(20_000)).then(
      ({ problems }) => ({
        errors: problems.filter(({ severity }) => severity === 'error').length,
        warnings: problems.filter(({ severity }) => severity === 'warning').length,
      }),
      () => {
        known.delete(key)
        return { errors: 0, warnings: 0 }
      },
    )
    known.set(key, { at: Date.now(), counts })
    const oldest = known.keys().next().value
    if (known.size > KEPT && oldest !== undefined) known.delete(oldest)
    return counts
  }
}
