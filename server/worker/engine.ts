import type { PgBoss } from 'pg-boss'
import pg from 'pg'
import { AppError } from '#runtime/sdk/index.ts'
import { finishRun } from '#server/ledger/finish.ts'
import { pauseRun } from '#server/ledger/pause.ts'
import { ensurePartitions } from '#server/ledger/partitions.ts'
import { enqueue, type JobName, type Jobs } from '#server/jobs/boss.ts'
import { pollRun } from '#server/reports/poll.ts'
import type { EngineDeps } from './engine-deps.ts'
import { finishJob } from './finish-job.ts'
import { takeIdentity } from './identity.ts'
import { OpenRuns } from './open-runs.ts'
import { Progress } from './progress.ts'
import { spoolJob } from './spool-job.ts'
import { workStage, type LaneHost } from './stage-lane.ts'
import { tick } from './tick.ts'

const TICK_MS = 1_000
/** Jobs are heard of at once; one that waits for its time is found by asking (the default would be 30 s). */
const POLLING = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 } as const
/** Lanes of all runs in this process; each holds one decoded chunk. */
const LOCAL_LANES = 8

export interface Engine {
  /** The worker's number. */
  readonly no: number
  /** Takes nothing new, lets calls in flight end and be recorded, gives up the rest. */
  stop(): Promise<void>
}

/** Starts to work on runs. Several engines, in as many processes as wanted, share one database. */
export async function startEngine(deps: EngineDeps): Promise<Engine> {
  await ensurePartitions(deps.pool, deps.clock.now())
  const dying = new AbortController()
  const onLost = (): void => {
    dying.abort(new Error('The worker lost its place in the database'))
    deps.onLost()
  }
  const identity = await takeIdentity({ databaseUrl: deps.databaseUrl, log: deps.log, nodeTypes: deps.nodeTypes, onLost })
  const progress = new Progress({ pool: deps.pool, worker: identity.no, log: deps.log })
  const runs = new OpenRuns(deps)
  const state = { stopping: false, cancelled: new Set<string>() }
  const host: LaneHost = {
    deps,
    worker: identity.no,
    progress,
    signal: dying.signal,
    stopped: (runId) => state.stopping || state.cancelled.has(runId),
  }
  const cancels = await listenForCancels(deps, (runId) => state.cancelled.add(runId))
  await work(deps.boss, { host, runs })
  const clock = startTicking(host, runs, (cancelled) => (state.cancelled = new Set(cancelled)))
  return {
    no: identity.no,
    async stop() {
      state.stopping = true
      await clock.stop()
      for (const name of ['send-lane', 'run-spool', 'run-finish', 'poll-reports'] as const)
        await deps.boss.offWork(name, { wait: true })
      await progress.stop()
      await cancels.end()
      await identity.release()
    },
  }
}

async function work(boss: PgBoss, { host, runs }: { host: LaneHost; runs: OpenRuns }): Promise<void> {
  const one = async <Name extends JobName>(
    name: Name,
    options: { at: number },
    handler: (data: Jobs[Name]) => Promise<void>,
  ): Promise<void> => {
    await boss.work<Jobs[Name]>(name, { ...POLLING, localConcurrency: options.at }, async (jobs) => {
      for (const job of jobs) await handler(job.data)
    })
  }
  await one('run-spool', { at: 2 }, ({ runId }) => spoolJob(host, runs, runId))
  await one('send-lane', { at: LOCAL_LANES }, (data) => laneJob(host, runs, data))
  await one('run-finish', { at: 2 }, ({ runId }) => finishJob(host, runs, runId))
  await one('poll-reports', { at: 2 }, async ({ runId }) => pollRun(host, await runs.get(runId)))
}

async function laneJob(host: LaneHost, runs: OpenRuns, data: Jobs['send-lane']): Promise<void> {
  const run = await runs.get(data.runId)
  try {
    if ((await workStage(host, run, { nodeNo: data.nodeNo, closing: false })) !== 'empty') return
  } catch (error) {
    // The lane could not even begin: its connection is gone, or the like. A person must look; a passing trouble is tried again.
    if (!(error instanceof AppError) || error.retryable) throw error
    return pauseRun({ pool: host.deps.pool, runNo: run.runNo }, error.toJSON())
  }
  const finished = await finishRun(host.deps.pool, run)
  // A row stage that ended may have filled the next one; the tick would find it a second later.
  if (finished === 'open') await wakeNext(host, { runId: data.runId, run })
}

async function wakeNext(
  host: LaneHost,
  { runId, run }: { runId: string; run: Awaited<ReturnType<OpenRuns['get']>> },
): Promise<void> {
  const { rows } = await host.deps.pool.query<{ node_no: number }>(
    'select distinct node_no from run_chunk where run_no = $1 and state = 0 and ready_at <= now()',
    [run.runNo],
  )
  for (const { node_no } of rows)
    await enqueue(host.deps.boss, { name: 'send-lane', data: { runId, nodeNo: node_no, lane: 0 }, key: `${runId}:${node_no}:0` })
}

function startTicking(host: LaneHost, runs: OpenRuns, cancelled: (ids: ReadonlySet<string>) => void): { stop(): Promise<void> } {
  let ended = false
  let wake: (() => void) | null = null
  const loop = (async () => {
    while (!ended) {
      try {
        cancelled((await tick(host, runs)).cancelled)
      } catch (error) {
        host.deps.log.warn('A sweep failed', { detail: error instanceof Error ? error.message : String(error) })
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, host.deps.tuning?.tickMs ?? TICK_MS)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return {
    async stop() {
      ended = true
      wake?.()
      await loop
    },
  }
}

/** Cancels are heard at once; the tick finds those that were not. */
async function listenForCancels(deps: EngineDeps, heard: (runId: string) => void): Promise<{ end(): Promise<void> }> {
  const client = new pg.Client({ connectionString: deps.databaseUrl, application_name: 'alimflow cancels', keepAlive: true })
  client.on('error', (error) =>
    deps.log.warn('The connection that hears of cancels was lost; they are found a second later', { detail: error.message }),
  )
  client.on('notification', ({ payload }) => payload && heard(payload))
  await client.connect()
  await client.query('listen alimflow_cancel')
  return { end: () => client.end() }
}
