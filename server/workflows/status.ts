import type { Static } from 'typebox'
import type { WorkflowStatus } from '#schemas/api/workflows.ts'
import type { Language } from '#schemas/localized.ts'
import type { RunFactsDeps } from '#server/runs/facts.ts'
import { toRunItems } from '#server/runs/list.ts'
import { RUN_COLUMNS, RUN_TABLES, type RunRow } from '#server/runs/run-row.ts'
import { OPEN_RUN_STATES } from './open-runs.ts'
import type { WorkflowRow } from './rows.ts'

/** What is going on with a workflow: all runs that may still send, and the newest one that is no test. */
export async function workflowStatus(
  reading: Pick<RunFactsDeps, 'pool' | 'known'>,
  { row, nextRunAt, language }: { row: WorkflowRow; nextRunAt: string | null; language: Language },
): Promise<Static<typeof WorkflowStatus>> {
  const { rows } = await reading.pool.query<RunRow>(
    `select ${RUN_COLUMNS} from ${RUN_TABLES}
     where r.workspace_id = $1 and r.workflow_id = $2 and (r.state = any($3) or r.id = (
       select id from workflow_run where workspace_id = $1 and workflow_id = $2 and kind <> 1 order by started_at desc limit 1))
     order by r.started_at desc`,
    [row.workspace_id, row.id, OPEN_RUN_STATES],
  )
  const [last] = await toRunItems(reading, rows.filter(({ kind }) => kind !== 1).slice(0, 1), language)
  return {
    enabled: row.enabled,
    nextRunAt,
    running: rows.filter(({ state }) => OPEN_RUN_STATES.includes(state)).map(({ id }) => id),
    lastRun: last ?? null,
  }
}
