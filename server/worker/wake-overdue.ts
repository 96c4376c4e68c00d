import type { Pool } from 'pg'
import { countsByRow, sendableMs } from '#runtime/run/expiry.ts'
import { RESENT } from '#runtime/run/pack-again.ts'
import type { OpenRun } from './open-runs.ts'

// Once a second for each run of events: by the index of what came when, so that many who wait cost nothing before their time.
// Rows in doubt wait until the provider's lists have caught up, whatever the time; what a person wished to be sent again is never too late.
const text = `
update run_chunk k set ready_at = now() from unnest($2::smallint[], $3::float8[]) t(node_no, ms), workflow_run r
where r.run_no = $1::bigint and k.run_no = $1::bigint and k.node_no = t.node_no and k.state = 0 and k.doubt = 0 and k.kind < ${RESENT} and k.ready_at > now()
  and k.came_at < now() - t.ms * interval '1 ms' and (r.timed_from is null or r.timed_from < now() - t.ms * interval '1 ms')
returning k.node_no`

/**
 * Events, and people who waited at a step, whose time is over while they wait (a retry, a provider's rest, a limit) end when it is over, not when the wait does: their chunks
 * are made ready, and a lane that need not call says so of them. Gives back the stages that have work now.
 */
export async function wakeOverdue(pool: Pool, run: OpenRun): Promise<number[]> {
  const stages = run.plan.stages.flatMap((stage) => {
    if (stage.kind !== 'send' || !countsByRow({ plan: run.plan, stage })) return []
    const ms = sendableMs({ plan: run.plan, stage })
    return Number.isFinite(ms) ? [{ no: stage.no, ms }] : []
  })
  if (stages.length === 0) return []
  const { rows } = await pool.query<{ node_no: number }>({
    name: 'wake-overdue',
    text,
    values: [run.runNo, stages.map(({ no }) => no), stages.map(({ ms }) => ms)],
  })
  return [...new Set(rows.map((row) => row.node_no))]
}
