import type { PlanRead, QueryPlan } from './query-plan.ts'

/** Rows from which reading all of a table is worth a warning. */
const MANY_ROWS = 10_000

/** The readings of a plan that go over all of a big table. */
export function wholeTables({ reads }: Pick<QueryPlan, 'reads'>): PlanRead[] {
  return reads.filter(({ way, rows }) => way === 'all' && (rows ?? 0) >= MANY_ROWS)
}
