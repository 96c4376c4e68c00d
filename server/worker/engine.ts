import type { PgBoss } from 'pg-boss'
import { listen } from '#server/database/listen.ts'
import { databaseNow } from '#server/database/now.ts'
import { ensurePartitions } from '#server/ledger/partitions.ts'
import { createLimits } from '#server/limits/limits.ts'
import type { JobName, Jobs } from '#server/jobs/boss.ts'
import { pollRun } from '#server/reports/poll.ts'
import { AbleRuns } from './able-runs.ts'
import { careForRuns } from './care.ts'
import type { EngineDeps } from './engine-deps.ts'
import { finishJob } from './finish-job.ts'
import { Hands } from './hands.ts'
import { takeIdentity, type Identity } from './identity.ts'
import { laneJob } from './lane-job.ts'
import { startLoop } from './loop.ts'
import { OpenRuns } from './open-runs.ts'
import { Progress } from './progress.ts'
import { spoolJob } from './spool-job.ts'
import { SleepWatch } from './sleep-watch.ts'
import type { LaneHost } from './stage-lane.ts'
import { sweepRound } from './sweep-round.ts'
import { StoppedRuns } from './stopped-runs.ts'
import { tick } from './tick.ts'

const TICK_MS = 1_000
const CARE_MS = 60_000
/** Jobs are heard of at once; one that waits for its time is found by asking (the default would be 30 s). */
const POLLING = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 } as const
/** Lanes of all runs in this process; each holds one decoded chunk. */
export const DEFAULT_LANES = 8
/** Nobody worked on a run for a day: whoever started it may not want it any more. */
const LATE_AFTER_MS = 24 * 3_600_000

/** Calls that are under way when a worker stops get this long, longer than any call may take, to end by themselves; then they are cut off. */
export const STOP_PATIENCE_MS = 25_000

export interface Engine {
  /** The worker's number. */
  readonly no: number
  /** ms until the first of its claims ends; null: nothing is claimed. */
  nearestDeadlineMs(): number | null
  /**
   * Takes nothing new, lets calls in flight end and be recorded, hands back the rest. A call that lasts longer is cut off, and what is
   * known of it recorded: afterwards no chunk is in this worker's hands.
   */
  stop(patienceMs?: number): Promise<void>
}

/** What of a worker changes while it works. */
interface WorkState {
  stopping: boolean
  readonly cancelled: StoppedRuns
  /** Runs that could send and have no lane. */
  waiting: ReadonlySet<string>
}

/** Lanes that are kept free for tests, events and single sends. */
export const urgentLanes = (lanes: number): number => Math.max(2, Math.ceil(lanes / 2))

/** Starts to work on runs. Several engines, in as many processes as wanted, share one database. */
export async function startEngine(deps: EngineDeps): Promise<Engine> {
  await ensurePartitions(deps.pool, await databaseNow(deps.pool))
  const care = (): Promise<void> => careForRuns(deps, { lateAfterMs: deps.lateAfterMs ?? LATE_AFTER_MS })
  await care()
  const lanes = deps.lanes ?? DEFAULT_LANES
  const dying = new AbortController()
  const watch = new SleepWatch()
  const identity = await takeIdentity({
    databaseUrl: deps.databaseUrl,
    log: deps.log,
    nodeTypes: deps.nodeTypes,
    lanes,
    watch,
    onLost() {
      dying.abort(new Error('The worker lost its place in the database'))
      deps.onLost()
    },
  })
  const state: WorkState = { stopping: false, cancelled: new StoppedRuns(), waiting: new Set() }
  const host = hostOf(deps, { identity, state, watch, signal: dying.signal })
  const runs = new OpenRuns(deps)
  const able = new AbleRuns({ pool: deps.pool, log: deps.log, abilities: deps.nodeTypes })
  const cancels = await listen({
    databaseUrl: deps.databaseUrl,
    name: 'alimflow cancels',
    channels: ['alimflow_cancel'],
    log: deps.log,
    heard: (payload) => state.cancelled.heard(payload),
  })
  await work(deps.boss, { host, runs, able, lanes, state })
  const everyMs = deps.tuning?.tickMs ?? TICK_MS
  const loops = [
    startLoop({ everyMs, log: deps.log, what: 'The sweep', round: () => sweepRound(host, runs) }),
    startLoop({
      everyMs,
      log: deps.log,
      what: 'The look at the runs',
      async round() {
        state.cancelled.look()
        const { stopped, waiting } = await tick(host, runs, able)
        state.cancelled.learn(stopped)
        state.waiting = waiting
      },
    }),
    startLoop({ everyMs: CARE_MS, log: deps.log, what: 'The care for runs', round: care }),
  ]
  return {
    no: identity.no,
    nearestDeadlineMs: () => host.hands.nearestDeadlineMs(),
    async stop(patienceMs = STOP_PATIENCE_MS) {
      state.stopping = true
      const cutOff = setTimeout(() => dying.abort(new Error('The worker stops')), patienceMs)
      await Promise.all(loops.map((loop) => loop.stop()))
      await Promise.all(JOBS.map((name) => deps.boss.offWork(name, { wait: true })))
      clearTimeout(cutOff)
      await host.progress.stop()
      await cancels.stop()
      await host.limits.stop()
      await identity.release()
    },
  }
}

interface HostFacts {
  readonly identity: Identity
  readonly state: WorkState
  readonly watch: SleepWatch
  readonly signal: AbortSignal
}

function hostOf(deps: EngineDeps, facts: HostFacts): LaneHost {
  const { identity, state, watch, signal } = facts
  return {
    deps,
    worker: identity.no,
    progress: new Progress({ pool: deps.pool, worker: identity.no, log: deps.log }),
    hands: new Hands(),
    limits: createLimits({ pool: deps.pool, worker: identity.no, log: deps.log, ...deps.tuning?.limits }),
    signal,
    stopped: (runId) => state.stopping || state.cancelled.has(runId) || watch.slept(),
  }
}

const JOBS = ['run-spool', 'send-lane', 'send-lane-first', 'run-finish', 'poll-reports'] as const satisfies readonly JobName[]

interface Work {
  readonly host: LaneHost
  readonly runs: OpenRuns
  readonly able: AbleRuns
  readonly lanes: number
  readonly state: Pick<WorkState, 'waiting'>
}

async function work(boss: PgBoss, { host, runs, able, lanes, state }: Work): Promise<void> {
  // A run that this worker cannot do is left to one that can: its tick asks for the job again.
  const one = async <Name extends JobName>(
    name: Name,
    options: { at: number },
    handler: (data: Jobs[Name]) => Promise<void>,
  ): Promise<void> => {
    await boss.work<Jobs[Name]>(name, { ...POLLING, localConcurrency: options.at }, async (jobs) => {
      for (const job of jobs) if (await able.canNow(job.data.runId)) await handler(job.data)
    })
  }
  const othersWait = (runId: string): boolean => state.waiting.size > (state.waiting.has(runId) ? 1 : 0)
  await one('run-spool', { at: 2 }, ({ runId }) => spoolJob(host, runs, runId))
  await one('send-lane', { at: lanes }, (data) => laneJob(host, runs, { ...data, othersWait }))
  await one('send-lane-first', { at: urgentLanes(lanes) }, (data) => laneJob(host, runs, { ...data, othersWait: () => false }))
  await one('run-finish', { at: 2 }, ({ runId }) => finishJob(host, runs, runId))
  await one('poll-reports', { at: 2 }, async ({ runId }) => pollRun(host, await runs.get(runId)))
}
