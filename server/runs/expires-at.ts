import type { Pool } from 'pg'
import type { Plan, SendStage } from '#runtime/compile/plan.ts'
import { sendableMs } from '#runtime/run/expiry.ts'
import { RESENT } from '#runtime/run/pack-again.ts'
import { runStateOf } from '#runtime/states/run-states.ts'
import { EVENTS } from './run-kinds.ts'
import { isOver, type RunRow } from './run-row.ts'

// What a person wished to be sent again is wanted now.
const oldest = `
select node_no, min(came_at) as at, bool_or(came_at is null) as straight
from run_chunk where run_no = $1::bigint and state in (0, 1, 3) and kind < ${RESENT} group by node_no`

/**
 * The moment after which the first of a run's messages is no longer sent: its channels' `expiresAfter` from when their time counts. Null:
 * nothing is left that could be too late, or the run cannot be opened (a plugin is gone), or its messages came one by one, or after a
 * wait, and it is not paused, so that they wait for nobody.
 */
export async function expiresAtOf(
  pool: Pick<Pool, 'query'>,
  row: Pick<RunRow, 'run_no' | 'kind' | 'state' | 'started_at' | 'timed_from'>,
  plan: Plan | null,
): Promise<string | null> {
  if (isOver(row) || !plan) return null
  const ways = plan.stages.flatMap((stage) => (stage.kind === 'send' ? [{ stage, ms: sendableMs({ plan, stage }) }] : []))
  const found = runStateOf(row.state) === 'paused' ? (await pool.query<Open>(oldest, [row.run_no])).rows : null
  const times = ways.map(({ stage, ms }) => {
    const leading = leadingTo(plan, stage.no)
    return timeOf(row, { stage, open: found?.filter(({ node_no: nodeNo }) => leading.has(nodeNo)) ?? null }) + ms
  })
  const first = Math.min(...times)
  return Number.isFinite(first) ? new Date(first).toISOString() : null
}

interface Open {
  node_no: number
  at: string | null
  /** Some did not come as an event, and have not waited yet. */
  straight: boolean
}

/** A stage and those whose rows may come to it. */
function leadingTo(plan: Plan, no: number): ReadonlySet<number> {
  const found = new Set([no])
  for (const one of found)
    for (const stage of plan.stages) if (stage.outlets.some(({ stage: to }) => to === one)) found.add(stage.no)
  return found
}

/**
 * From when the time of a stage's messages counts, ms since 1970; infinite where none of them can be too late. `open`: of a paused run, what
 * may come to the stage.
 */
function timeOf(
  row: Pick<RunRow, 'kind' | 'started_at' | 'timed_from'>,
  { stage, open }: { stage: Pick<SendStage, 'no' | 'waited'>; open: readonly Open[] | null },
): number {
  if (open?.length === 0) return Number.POSITIVE_INFINITY
  const start = new Date(row.timed_from ?? row.started_at).getTime()
  if (row.kind !== EVENTS && stage.waited === 'none') return start
  if (row.kind !== EVENTS && stage.waited === 'some' && open?.some(({ straight }) => straight)) return start
  const there = (open ?? []).filter(({ node_no: nodeNo }) => stage.waited === 'none' || nodeNo === stage.no)
  const times = there.flatMap(({ at }) => (at === null ? [] : [new Date(at).getTime()]))
  return Math.max(Math.min(...times), new Date(row.timed_from ?? 0).getTime())
}
