import type { PoolClient } from 'pg'
import type { StoredError } from '#runtime/sdk/index.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import type { Findings } from '../trouble.ts'

interface ClosedRun {
  id: string
  workspace_id: string
  workflow_id: string
  workflow: string
  number: number
  state: number
  reason: StoredError | null
}

const text = `
select r.id, r.workspace_id, r.workflow_id, w.name as workflow, r.number, r.state, r.reason
from workflow_run r join workflow w on w.id = r.workflow_id
where r.closed_at > $1 and r.state = any($2) and r.kind <> 1 order by r.run_no`

/** Runs that failed since the last look. One notice a workflow; a later run that completes ends it. */
export async function closedRuns(client: Pick<PoolClient, 'query'>, { closedSince }: { closedSince: string }): Promise<Findings> {
  const [failed, completed] = [runStateNumber('failed'), runStateNumber('completed')]
  const { rows } = await client.query<ClosedRun>({ name: 'notice-closed', text, values: [closedSince, [failed, completed]] })
  const subjectOf = (row: ClosedRun) =>
    ({ workspaceId: row.workspace_id, kind: 'failed', subject: `workflow:${row.workflow_id}` }) as const
  return {
    lasting: [],
    happened: rows
      .filter(({ state }) => state === failed)
      .map((row) => ({
        ...subjectOf(row),
        runId: row.id,
        workflowId: row.workflow_id,
        connectionId: null,
        code: 'run-failed',
        fields: { workflow: row.workflow, run: row.number, reason: row.reason?.code ?? '' },
        mark: row.number,
      })),
    ended: rows.filter(({ state }) => state === completed).map((row) => ({ ...subjectOf(row), upTo: row.number })),
  }
}
