import type { PgBoss } from 'pg-boss'
import { enqueue, type LaneJob } from '#server/jobs/boss.ts'
import type { Swept } from '#server/ledger/sweep.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { OpenRun } from './open-runs.ts'
import { connectionOf } from './stage-lane.ts'

const DEFAULT_LANES = 4
const MOST_LANES = 64

/** The queue of a run's lanes. Tests, events and single sends have one of their own, for which every worker keeps lanes free. */
export const laneQueue = ({ urgent }: { urgent: boolean }): LaneJob => (urgent ? 'send-lane-first' : 'send-lane')

/**
 * Asks for the lanes of a stage: as many as its connection allows, over all workers. Lanes that are queued or at work already are not
 * asked for twice, so anybody may call this at any time.
 */
export async function askForLanes(deps: Pick<EngineDeps, 'boss' | 'provider'>, run: OpenRun, nodeNo: number): Promise<void> {
  const lanes = await lanesOf(deps, run, nodeNo)
  const { runId } = run
  for (let lane = 0; lane < lanes; lane++)
    await enqueue(deps.boss, { name: laneQueue(run), data: { runId, nodeNo, lane }, key: `${runId}:${nodeNo}:${lane}` })
}

/**
 * Asks for lanes in the place of a dead worker's: as many as it had chunks. Its own jobs count as active until their heartbeat is
 * missed, half a minute later, and would keep others from taking their place.
 */
export async function askForRescue(
  boss: PgBoss,
  { runId, urgent, swept, inMs }: { runId: string; urgent: boolean; swept: readonly Swept[]; inMs: number },
): Promise<void> {
  for (const [index, { nodeNo, owner }] of swept.entries()) {
    const key = `${runId}:${nodeNo}:after:${owner}:${index}${inMs > 0 ? ':grace' : ''}`
    await enqueue(boss, { name: laneQueue({ urgent }), data: { runId, nodeNo, lane: index }, key, inMs })
  }
}

async function lanesOf(deps: Pick<EngineDeps, 'provider'>, run: OpenRun, nodeNo: number): Promise<number> {
  const stage = run.plan.stages.find((one) => one.kind === 'send' && one.no === nodeNo)
  if (stage?.kind !== 'send') return DEFAULT_LANES
  try {
    const { settings, type } = await deps.provider(run.workspaceId, connectionOf(run.plan, stage))
    const wanted = Number(settings['concurrency'] ?? DEFAULT_LANES)
    // One message a call: each lane keeps many of the calls in flight by itself.
    const most = type.limits.batch === 1 ? DEFAULT_LANES : MOST_LANES
    return Number.isInteger(wanted) ? Math.min(Math.max(wanted, 1), most) : DEFAULT_LANES
  } catch {
    // The lane itself finds out what is wrong with the connection, and says so.
    return 1
  }
}
