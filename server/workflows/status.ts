import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { WorkflowStatus } from '#schemas/api/workflows.ts'
import { RUN_STATES } from '#schemas/states.ts'
import type { Database } from '#server/database/schema.ts'
import type { WorkflowRow } from './rows.ts'

const OPEN = [0, 1, 2, 3, 4]

/** What is going on with a workflow. */
export async function workflowStatus(
  db: Kysely<Database>,
  row: WorkflowRow,
  nextRunAt: string | null,
): Promise<Static<typeof WorkflowStatus>> {
  const runs = await db
    .selectFrom('workflow_run as r')
    .innerJoin('workflow_version as v', 'v.id', 'r.version_id')
    .selectAll('r')
    .select('v.version')
    .where('r.workspace_id', '=', row.workspace_id)
    .where('r.workflow_id', '=', row.id)
    .orderBy('r.started_at', 'desc')
    .limit(50)
    .execute()
  const last = runs[0]
  return {
    enabled: row.enabled,
    nextRunAt,
    running: runs.filter(({ state }) => OPEN.includes(state)).map(({ id }) => id),
    lastRun: last
      ? {
          id: last.id,
          number: last.number,
          workflowId: row.id,
          workflowName: row.name,
          version: last.version ?? 'draft',
          kind: last.kind === 1 ? 'test' : 'live',
          trigger: last.trigger,
          state: RUN_STATES[last.state] ?? 'failed',
          reason: null,
          startedAt: last.started_at,
          sendingEndedAt: last.sending_ended_at,
          closedAt: last.closed_at,
          recipients: last.total,
          outcomes: (last.outcomes ?? {}) as Record<string, number>,
        }
      : null,
  }
}
