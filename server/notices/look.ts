import type { Pool, PoolClient } from 'pg'
import type { Plan } from '#runtime/compile/plan.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { readLimits } from './limits.ts'
import { readMemory } from './memory.ts'
import { reconcile } from './reconcile.ts'
import { brokenConnections } from './rules/connections.ts'
import { closedRuns } from './rules/closed-runs.ts'
import { countedRuns } from './rules/counted-runs.ts'
import { goingRuns } from './rules/going-runs.ts'
import { lateSchedules } from './rules/schedules.ts'
import { goneWorkers } from './rules/workers.ts'

export interface LookDeps {
  readonly pool: Pool
  /** The plan of a run; null where it cannot be made any more. */
  readonly plan: (runId: string) => Promise<Plan | null>
}

/** An end that was being committed while the last look read is found by reading so far back; what was counted is not counted again. */
const OVERLAP = `interval '5 minutes'`

/**
 * Looks once at what changed and makes the notices say it, in one transaction. One process looks at a time: the row is held. False: another
 * one looked within `leastMs`, or looks now.
 */
export async function lookOnce(deps: LookDeps, { leastMs = 0, now = new Date() } = {}): Promise<boolean> {
  return withClient(deps.pool, async (client) => {
    await client.query('begin')
    const { rows } = await client.query<{ closed_since: string; missed_until: string; memory: unknown }>(
      `select (closed_until - ${OVERLAP}) as closed_since, missed_until, memory from notice_look
       where looked_at <= now() - make_interval(secs => $1) for update skip locked`,
      [leastMs / 1000],
    )
    const row = rows[0]
    if (row)
      await lookLocked(client, deps, { closedSince: row.closed_since, missedUntil: row.missed_until, stored: row.memory, now })
    await client.query('commit')
    return row !== undefined
  })
}

async function lookLocked(
  client: PoolClient,
  { pool, plan }: LookDeps,
  look: { closedSince: string; missedUntil: string; stored: unknown; now: Date },
): Promise<void> {
  const memory = readMemory(look.stored)
  const limitsOf = await readLimits(client)
  const counted = await countedRuns({ pool, plan, limitsOf }, { closedSince: look.closedSince, memory, now: look.now })
  const schedules = await lateSchedules(client, look)
  const workers = await goneWorkers(client, { memory, now: look.now })
  const going = await goingRuns(client, { limitsOf, memory, now: look.now })
  const connections = await brokenConnections(client)
  const found = [
    going.findings,
    connections,
    await closedRuns(client, look),
    counted.findings,
    schedules.findings,
    workers.findings,
  ]
  for (const findings of found) await reconcile(client, findings)
  await client.query('update notice_look set looked_at = now(), closed_until = now(), missed_until = $1, memory = $2', [
    schedules.missedUntil,
    JSON.stringify({ ...counted.memory, absent: workers.absent, waiting: going.waiting, rested: going.rested }),
  ])
}
