import type { Pool } from 'pg'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Database } from '#server/database/schema.ts'
import { EVENTS } from '#server/runs/run-kinds.ts'
import { monthName } from './open-run.ts'

/**
 * Lets the open runs of a workflow take no more rows, but for those of one version: it was published anew, or switched off. What they took
 * is sent; a worker ends them when their chunks are done.
 */
export async function closeRunsOf(
  trx: Kysely<Database> | Transaction<Database>,
  workflow: { workspaceId: string; workflowId: string; keep: string | null },
): Promise<void> {
  await trx
    .updateTable('workflow_run')
    .set({ rows_closed_at: sql`now()` })
    .where('workspace_id', '=', workflow.workspaceId)
    .where('workflow_id', '=', workflow.workflowId)
    .where('kind', '=', EVENTS)
    .where('rows_closed_at', 'is', null)
    .$if(workflow.keep !== null, (query) => query.where('version_id', '<>', workflow.keep))
    .execute()
}

/** Months that are over take no more rows, also where nobody sends any that would open the next one. @returns the runs */
export async function closePastMonths(pool: Pool, now: Date): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `update workflow_run set rows_closed_at = now()
     where kind = ${EVENTS} and rows_closed_at is null and right(open_key, 7) < $1 returning id`,
    [monthName(now)],
  )
  return rows.map(({ id }) => id)
}
