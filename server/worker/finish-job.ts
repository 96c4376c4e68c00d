import { finishRun } from '#server/ledger/finish.ts'
import { endUnread } from '#server/ledger/spool-ledger.ts'
import type { OpenRuns } from './open-runs.ts'
import { workStage, type LaneHost } from './stage-lane.ts'

/** Job `run-finish`: what is left of a cancelled run is closed, and a run whose chunks are all closed ends. */
export async function finishJob(host: LaneHost, runs: OpenRuns, runId: string): Promise<void> {
  const { pool } = host.deps
  const { rows } = await pool.query<{ state: number; cancel_requested: boolean; run_no: string }>(
    'select state, cancel_requested, run_no from workflow_run where id = $1',
    [runId],
  )
  const row = rows[0]
  if (!row) return
  if (row.cancel_requested && row.state <= 1) return endUnread(pool, Number(row.run_no))
  const run = await runs.get(runId)
  if (row.cancel_requested)
    for (const stage of run.plan.stages)
      if (stage.kind !== 'audience') await workStage(host, run, { nodeNo: stage.no, closing: true })
  await finishRun(pool, run)
}
