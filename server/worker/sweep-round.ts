import { runStateNumber } from '#runtime/states/run-states.ts'
import { runsWithLostChunks, sweepChunks } from '#server/ledger/sweep.ts'
import { askForRescue } from './lanes.ts'
import type { OpenRun, OpenRuns } from './open-runs.ts'
import { connectionOf, type LaneHost } from './stage-lane.ts'

/** States in which a run may have chunks in somebody's hands. */
const states = (['waiting', 'sending', 'paused', 'settling'] as const).map(runStateNumber)
/** Grace where the provider cannot be asked how long its lists lag: this process cannot open the run, or its connection. */
const UNKNOWN_GRACE_MS = 60_000

/**
 * Once a second in every worker, whatever else it does: frees the chunks of dead and frozen workers, and our own that no lane holds, and
 * asks for lanes in their place.
 */
export async function sweepRound(host: LaneHost, runs: OpenRuns): Promise<void> {
  const { pool, boss } = host.deps
  const options = { worker: host.worker, held: host.hands.held() }
  for (const { id, runNo } of await runsWithLostChunks(pool, { ...options, states })) {
    const { graceMs, urgent } = await factsOf(host, runs, id)
    const swept = await sweepChunks(pool, { ...options, runNo, graceMs })
    if (swept.length === 0) continue
    host.deps.log.warn('Chunks of a worker that is gone go on elsewhere', { runNo, chunks: swept.length, owner: swept[0]?.owner })
    // At once for what was not touched; again when what is in doubt may be looked up.
    await askForRescue(boss, { runId: id, urgent, swept, inMs: 0 })
    if (graceMs > 0) await askForRescue(boss, { runId: id, urgent, swept, inMs: graceMs })
  }
}

async function factsOf(host: LaneHost, runs: OpenRuns, runId: string): Promise<{ graceMs: number; urgent: boolean }> {
  try {
    const run = await runs.get(runId)
    return { graceMs: await graceOf(host, run), urgent: run.urgent }
  } catch {
    // Its plugin is elsewhere, its key unreadable: its chunks are freed all the same, for a worker that can.
    return { graceMs: UNKNOWN_GRACE_MS, urgent: false }
  }
}

/** The longest time in which a call that was cut off may still get into a provider's lists. */
async function graceOf(host: LaneHost, run: OpenRun): Promise<number> {
  let grace = 0
  for (const stage of run.plan.stages) {
    if (stage.kind !== 'send') continue
    const provider = await host.deps.provider(run.workspaceId, connectionOf(run.plan, stage)).catch(() => null)
    // Whoever can open it would ask too early.
    if (!provider) grace = Math.max(grace, UNKNOWN_GRACE_MS)
    else if (provider.session.lookup) grace = Math.max(grace, provider.type.limits.listingLagMs ?? provider.type.limits.timeoutMs)
  }
  return grace
}
