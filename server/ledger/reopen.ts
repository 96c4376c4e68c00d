import type { PoolClient } from 'pg'
import { AppError } from '#runtime/sdk/index.ts'
import { runStateNumber, runStateOf, RUN_MOVES } from '#runtime/states/run-states.ts'
import type { RunState } from '#schemas/states.ts'

/** A run whose row is locked until the transaction ends. */
export interface LockedRun {
  readonly state: RunState
  readonly cancelRequested: boolean
}

/** Locks a run for a person's wish about its messages. @throws AppError `run-erased`, `run-failed-unsent` */
export async function lockRun(client: Pick<PoolClient, 'query'>, runNo: number): Promise<LockedRun> {
  const { rows } = await client.query<{ state: number; cancel_requested: boolean; erased: boolean }>(
    'select state, cancel_requested, key_enc is null as erased from workflow_run where run_no = $1 for update',
    [runNo],
  )
  const row = rows[0]
  if (!row) throw new AppError('not-found', { what: 'run' })
  if (row.erased) throw new AppError('run-erased', {})
  const state = runStateOf(row.state)
  if (state === 'failed') throw new AppError('run-failed-unsent', {})
  return { state, cancelRequested: row.cancel_requested }
}

/**
 * Opens a run again in which everything was sent: what is said of its end is taken back, and is said anew when it ends again; nobody looked
 * after it since because there was nothing to look after. A run that sends, waits or is paused stays as it is.
 */
export async function reopenRun(client: Pick<PoolClient, 'query'>, run: { runNo: number; state: RunState }): Promise<void> {
  const ended: readonly RunState[] = ['settling', 'completed', 'cancelled']
  if (!ended.includes(run.state) || !RUN_MOVES[run.state].includes('sending')) return
  await client.query(
    `update workflow_run set state = $2, rested_ms = rested_ms + extract(epoch from now() - coalesce(sending_ended_at, closed_at, now())) * 1000,
        seen_at = now(), reason = null, cancel_requested = false, outcomes = null, law = null, sending_ended_at = null,
       closed_at = null, totals_at = null
     where run_no = $1 and state = $3`,
    [run.runNo, runStateNumber('sending'), runStateNumber(run.state)],
  )
}
