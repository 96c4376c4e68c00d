import type { Pool } from 'pg'
import type { Log } from '#runtime/sdk/index.ts'
import { closePastMonths } from './close-runs.ts'
import { checkOpenLaw } from './open-law.ts'
import { EVENTS } from '#server/runs/run-kinds.ts'
import { forgetOldKeys } from './taken-keys.ts'

/** Once an hour: months that are over take no more rows, old keys are forgotten, and the law of what is closed is compared. */
export async function keepOpenRuns({ pool, log, now }: { pool: Pool; log: Log; now: Date }): Promise<void> {
  await closePastMonths(pool, now)
  await forgetOldKeys(pool)
  // Where the first row lies: steps are numbered in their order, so its first stage is the lowest.
  const { rows } = await pool.query<{ id: string; run_no: string; entry: number }>(
    `select r.id, r.run_no, min(k.node_no)::int as entry from workflow_run r
     join run_chunk k on k.run_no = r.run_no and k.attempt = 1 and k.kind <> 2 and k.seq_from = 1
     where r.kind = ${EVENTS} and r.rows_closed_at is null and r.details_dropped_at is null group by r.id, r.run_no`,
  )
  for (const { id, run_no, entry } of rows) {
    const law = await checkOpenLaw(pool, { runNo: Number(run_no), entry })
    if (law?.holds === false)
      log.error('The counts of a run that is open do not add up', { runId: id, broken: JSON.stringify(law.broken.slice(0, 5)) })
  }
}
