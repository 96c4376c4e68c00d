import type { Pool } from 'pg'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { failRun } from '#server/ledger/finish.ts'
import { pauseRun } from '#server/ledger/pause.ts'
import { clearSpooled } from '#server/ledger/spool-ledger.ts'

const OPEN = (['queued', 'preparing', 'waiting', 'sending', 'paused', 'settling'] as const).map(runStateNumber)
const STANDS = (['queued', 'preparing', 'waiting', 'sending'] as const).map(runStateNumber)
const UNREAD = (['queued', 'preparing'] as const).map(runStateNumber)
const LIVE_OR_TEST = [0, 1]

// A chunk that a run's pause held is free in a run that sends: whoever wrote it died before the pause, or a person let the run go on in the
// same moment. Free in a run that was paused meanwhile it waits as well: no take looks past the run's state.
const freeing = `
update run_chunk set state = 0 where run_no = $1::bigint and state = 3
  and exists (select 1 from workflow_run r where r.run_no = $1::bigint and r.state = ${runStateNumber('sending')} and not r.cancel_requested)`

// Whose people wait at a step until a time that has not come yet misses nothing, also where everybody died before the run was called waiting.
const WAITS_ON = `state in (${runStateNumber('waiting')}, ${runStateNumber('sending')}) and reason is null
  and exists (select 1 from run_chunk k where k.run_no = workflow_run.run_no and k.state = 0 and k.came_at > now())
  and not exists (select 1 from run_chunk k where k.run_no = workflow_run.run_no and (k.state = 1 or k.state = 0 and k.ready_at <= now()))`

/**
 * Runs that nobody looked after for longer than `lateAfterMs` (no worker was there) are not sent late without being asked: one that sends is
 * paused, one that had not begun to send fails with nothing sent. Then writes down that the open runs are looked after. To be called before
 * a worker takes its first chunk, and every minute. Chunks that are held in a run that sends are freed.
 */
export async function careForRuns(deps: { pool: Pool; log: Log }, { lateAfterMs }: { lateAfterMs: number }): Promise<void> {
  const { pool, log } = deps
  const { rows } = await pool.query<{ id: string; run_no: string; state: number; since: string }>(
    `select id, run_no, state, coalesce(seen_at, started_at) as since from workflow_run
     where state = any($1) and kind = any($2) and not cancel_requested and blocked is null
       and coalesce(seen_at, started_at) < now() - $3::bigint * interval '1 ms' and not (${WAITS_ON})`,
    [STANDS, LIVE_OR_TEST, lateAfterMs],
  )
  for (const { id, run_no: runNo, state, since } of rows) {
    log.warn('A run stood still for too long', { runId: id, since })
    if (state > runStateNumber('preparing'))
      await pauseRun({ pool, runNo: Number(runNo) }, new AppError('run-stood-still', { since }).toJSON())
    else if (
      await failRun(pool, Number(runNo), { reason: new AppError('run-came-too-late', { since }).toJSON(), from: UNREAD })
    ) {
      // A reader that died left a part of the audience behind; nobody completes it any more.
      await clearSpooled({ runNo: Number(runNo) }, pool)
    }
  }
  await freeHeld(pool)
  // A run that nobody can do is not looked after; it is a minute apart, so that pages of the table stay quiet.
  await pool.query(
    `update workflow_run set seen_at = now()
     where state = any($1) and blocked is null and coalesce(seen_at, '-infinity') < now() - interval '50 seconds'`,
    [OPEN],
  )
}

async function freeHeld(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ run_no: string }>(
    'select run_no from workflow_run where state = $1 and not cancel_requested',
    [runStateNumber('sending')],
  )
  for (const { run_no: runNo } of rows) await pool.query({ name: 'free-held', text: freeing, values: [runNo] })
}
