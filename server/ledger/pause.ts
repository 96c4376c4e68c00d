import type { StoredError } from '#runtime/sdk/index.ts'
import { runStateNumber, runStatesBefore } from '#runtime/states/run-states.ts'
import type { LedgerRun } from './ledger-run.ts'

/** Stops a run that sends until a person mended what `reason` says. Open chunks are held; a run that is not sending stays as it is. */
export async function pauseRun(run: Pick<LedgerRun, 'pool' | 'runNo'>, reason: StoredError): Promise<void> {
  await run.pool.query(
    `with stopped as (
       update workflow_run set state = $2, reason = $3 where run_no = $1 and state = any($4) and not cancel_requested returning id),
     held as (update run_chunk set state = 3 where run_no = $1 and state = 0 and exists (select 1 from stopped)),
     noted as (insert into run_events (run_no, kind, data) select $1, 'paused', jsonb_build_object('code', $5::text) from stopped)
     select pg_notify('alimflow_run', id::text), pg_notify('alimflow_cancel', id::text) from stopped`,
    [run.runNo, runStateNumber('paused'), JSON.stringify(reason), runStatesBefore('paused'), reason.code],
  )
}
