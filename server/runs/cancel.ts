import { AppError } from '#runtime/sdk/index.ts'
import { RUN_ENDS, runStateNumber } from '#runtime/states/run-states.ts'
import { enqueue } from '#server/jobs/boss.ts'
import type { RunDeps } from './start.ts'

/**
 * Cancels a run: from now on no chunk is taken (each take checks the run's row), and workers hear of it at once, so that no call begins
 * later than 2 s after. What is left becomes `cancelled` by the job `run-finish`. A second cancel is fine.
 * Throws `not-found`, `run-over`.
 */
export async function cancelRun(deps: RunDeps, run: { workspaceId: string; runId: string; actor: string }): Promise<void> {
  const { rows } = await deps.pool.query<{ id: string }>(
    `with asked as (
       update workflow_run set cancel_requested = true where id = $1 and workspace_id = $2 and state <> all($3) returning id, run_no),
     held as (
       update run_chunk set state = 3 where run_no = (select run_no from asked) and state = 0),
     noted as (insert into run_events (run_no, kind, actor) select run_no, 'cancel-requested', $4 from asked),
     audited as (
       insert into audit_event (workspace_id, actor, action, target_kind, target_id) select $2, $4, 'run.cancel', 'run', id::text from asked)
     select id, pg_notify('alimflow_run', id::text), pg_notify('alimflow_cancel', id::text) from asked`,
    [run.runId, run.workspaceId, RUN_ENDS.map(runStateNumber), run.actor],
  )
  if (rows.length === 0) {
    const { rows: found } = await deps.pool.query('select 1 from workflow_run where id = $1 and workspace_id = $2', [
      run.runId,
      run.workspaceId,
    ])
    throw found.length > 0 ? new AppError('run-over', {}) : new AppError('not-found', { what: 'run' })
  }
  await enqueue(deps.boss, { name: 'run-finish', data: { runId: run.runId }, key: run.runId })
}
