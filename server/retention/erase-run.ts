import type { Pool } from 'pg'
import { AppError } from '#runtime/sdk/index.ts'
import { RUN_ENDS, runStateNumber } from '#runtime/states/run-states.ts'
import { readRunRow, isOver } from '#server/runs/run-row.ts'

// The key goes, and with it whatever lies in chunks, answers, payload and a test's numbers, also in copies of the database's files that are made from now on.
const text = `
with erased as (
  update workflow_run set key_enc = null, trigger_payload_enc = null, test_addresses_enc = null, erased_at = coalesce(erased_at, now())
  where id = $1 and workspace_id = $2 and key_enc is not null and state = any($3) returning id, run_no),
noted as (insert into run_events (run_no, kind, actor) select run_no, 'erased', $4 from erased)
insert into audit_event (workspace_id, actor, action, target_kind, target_id) select $2, $4, 'erase-run', 'run', id::text from erased`

/**
 * Erases the personal data of a run for ever by deleting its key; counts, states and costs stay. A second time changes nothing.
 * @throws AppError `not-found`, `run-people-needed`
 */
export async function eraseRun(pool: Pool, run: { workspaceId: string; runId: string; actor: string }): Promise<void> {
  const row = await readRunRow(pool, run)
  if (!isOver(row)) throw new AppError('run-people-needed', {})
  await pool.query(text, [run.runId, run.workspaceId, RUN_ENDS.map(runStateNumber), run.actor])
  // Somebody wished meanwhile that something of it is sent again: its people are needed.
  if (!(await readRunRow(pool, run)).erased) throw new AppError('run-people-needed', {})
}
