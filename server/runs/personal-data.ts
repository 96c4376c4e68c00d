import type { Run } from '#schemas/run.ts'
import { monthOf, monthStart } from '#server/ledger/run-no.ts'
import type { PinnedRunRow } from './run-row.ts'

/**
 * How long the people of a run are kept: the month of its start is dropped as a whole, and for all workspaces, when as many months lie
 * between as the one wishes that keeps them longest.
 */
export function personalDataOf(
  row: Pick<PinnedRunRow, 'started_at' | 'keep_months' | 'erased_at' | 'details_dropped_at'>,
): NonNullable<Run['personalData']> {
  return {
    keptUntil: monthStart(monthOf(new Date(row.started_at)) + row.keep_months + 1)
      .toISOString()
      .slice(0, 10),
    erasedAt: row.erased_at,
    deletedAt: row.details_dropped_at,
  }
}
