import type { PoolClient } from 'pg'
import type { PreparedFacts } from '#runtime/run/guards.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { holdRest } from './first-part.ts'
import { judgeSpool } from './guards.ts'
import type { LedgerRun } from './ledger-run.ts'

/**
 * Makes a complete audience visible, in the caller's transaction: the run sends, waits for an approval (its chunks too), or stands still
 * because somebody paused it meanwhile. False: it was cancelled, nothing was changed.
 */
export async function completeSpool(
  run: Pick<LedgerRun, 'runNo' | 'key'>,
  { total, prepared, client }: { total: number; prepared: PreparedFacts | null; client: Pick<PoolClient, 'query'> },
): Promise<boolean> {
  const { runNo } = run
  const verdict = await judgeSpool(client, { runNo, total, prepared })
  const { rowCount } = await client.query(
    `update workflow_run set total = $2, state = $3, reason = $4, pause_requested = false, prepared = $6
     where run_no = $1 and state = $5 and not cancel_requested`,
    [
      runNo,
      total,
      runStateNumber(verdict.state),
      verdict.reason && JSON.stringify(verdict.reason),
      runStateNumber('preparing'),
      prepared && JSON.stringify({ ...prepared, guard: verdict.guard }),
    ],
  )
  if (!rowCount) return false
  if (verdict.first !== null) await holdRest(run, { first: verdict.first, client })
  if (verdict.chunks !== 0)
    await client.query('update run_chunk set state = $2 where run_no = $1 and state = 0', [runNo, verdict.chunks])
  if (verdict.state !== 'sending')
    await client.query('insert into run_events (run_no, kind, data) values ($1, $2, $3)', [
      runNo,
      verdict.state,
      JSON.stringify({ code: verdict.reason?.code }),
    ])
  return true
}
