import { AppError } from '#runtime/sdk/index.ts'
import { finishRun } from '#server/ledger/finish.ts'
import { pauseRun } from '#server/ledger/pause.ts'
import { enqueue, type Jobs } from '#server/jobs/boss.ts'
import { laneQueue } from './lanes.ts'
import type { OpenRun, OpenRuns } from './open-runs.ts'
import { workStage, type LaneHost } from './stage-lane.ts'

/** While another run has no lane at all, a bulk lane's turn lasts so long; else it is the lane's own 30 s. */
const CROWDED_TURN_MS = 2_000

export type LaneTurn = Jobs['send-lane'] & {
  /** Another run could send and has no lane. */
  readonly othersWait: (runId: string) => boolean
}

/** Jobs `send-lane` and `send-lane-first`: one lane of one stage, until nothing is ready or its turn is over. */
export async function laneJob(host: LaneHost, runs: OpenRuns, { runId, nodeNo, othersWait }: LaneTurn): Promise<void> {
  const run = await runs.get(runId)
  const until = performance.now() + CROWDED_TURN_MS
  const givesWay = (): boolean => performance.now() > until && othersWait(runId)
  try {
    if ((await workStage(host, run, { nodeNo, closing: false, givesWay })) !== 'empty') return
  } catch (error) {
    // The lane could not even begin: its connection is gone, or the like. A person must look; a passing trouble is tried again.
    if (!(error instanceof AppError) || error.retryable) throw error
    return pauseRun({ pool: host.deps.pool, runNo: run.runNo }, error.toJSON())
  }
  const finished = await finishRun(host.deps.pool, run)
  // A row stage that ended may have filled the next one; the tick would find it a second later.
  if (finished === 'open') await wakeNext(host, run)
}

async function wakeNext(host: LaneHost, run: OpenRun): Promise<void> {
  const { rows } = await host.deps.pool.query<{ node_no: number }>(
    'select distinct node_no from run_chunk where run_no = $1 and state = 0 and ready_at <= now()',
    [run.runNo],
  )
  const { runId } = run
  for (const { node_no: nodeNo } of rows)
    await enqueue(host.deps.boss, { name: laneQueue(run), data: { runId, nodeNo, lane: 0 }, key: `${runId}:${nodeNo}:0` })
}
