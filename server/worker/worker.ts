import type { Log } from '#runtime/sdk/index.ts'
import { compose } from '#server/compose.ts'
import { createKysely, createPool } from '#server/database/connect.ts'
import { createBoss } from '#server/jobs/boss.ts'
import { noticeDeps } from '#server/notices/deps.ts'
import { startNotices } from '#server/notices/watch.ts'
import { startKeeper } from '#server/retention/keeper.ts'
import { startScheduler } from '#server/schedules/scheduler.ts'
import { abilitiesOf } from './abilities.ts'
import type { EngineDeps } from './engine-deps.ts'
import { DEFAULT_LANES, startEngine, urgentLanes } from './engine.ts'
import { createPlans } from './plans.ts'
import { ProviderCache } from './provider-cache.ts'

/** What a worker needs to know to work; it makes its own connections from it. */
export interface WorkerDeps {
  /** The platform's database. */
  readonly databaseUrl: string
  /** The platform's secret key, 32 bytes. */
  readonly secretKey: Buffer
  /** postgresql:// address of the sample shop for its reading role; null: there is none. */
  readonly sampleUrl: string | null
  readonly log: Log
  /** Lanes at once; default 8. */
  readonly lanes?: number
  /** A run that nobody looked after for so long, ms, is not sent without being asked; default a day. */
  readonly lateAfterMs?: number
  /** Plugin files that are known to be broken. */
  readonly leaveOut?: readonly string[]
  /** The worker lost its place in the database and must start again; default: the process ends, and its supervisor starts another. */
  onLost?(): void
}

export interface WorkerHandle {
  /** ms until the first of its claims ends; null: nothing is claimed. */
  nearestDeadlineMs(): number | null
  /** Takes nothing new, lets calls in flight end (see Engine), hands back what is left, closes its connections. */
  stop(patienceMs?: number): Promise<void>
}

/** Beside the lanes: spools, sweep, tick, reports. */
const OTHER_CONNECTIONS = 6

/** Starts to work. Throws when the database cannot be reached. */
export async function startWorker(deps: WorkerDeps): Promise<WorkerHandle> {
  const { databaseUrl, log } = deps
  const lanes = deps.lanes ?? DEFAULT_LANES
  const connections = lanes + urgentLanes(lanes) + OTHER_CONNECTIONS
  const pool = createPool({ url: databaseUrl, log, name: 'alimflow worker', max: connections })
  const parts = await compose({ ...deps, db: createKysely(pool), pool })
  const boss = await createBoss({ databaseUrl, log })
  const providers = new ProviderCache(parts.connections, parts.clock)
  const host: EngineDeps['host'] = (workspaceId, lists, about) => parts.host(workspaceId, lists, about)
  const engine = await startEngine({
    databaseUrl,
    pool,
    boss,
    runKeys: parts.boxes.runKeys,
    workspaceKeys: parts.boxes.workspace,
    log,
    clock: parts.clock,
    plans: createPlans({ registry: parts.registry, host }),
    nodeTypes: abilitiesOf(parts.registry),
    lanes,
    ...(deps.lateAfterMs !== undefined && { lateAfterMs: deps.lateAfterMs }),
    host,
    provider: (workspaceId, id) => providers.get(workspaceId, id),
    onLost: () => (deps.onLost ? deps.onLost() : process.exit(1)),
  })
  const scheduler = startScheduler({ pool, boss, runKeys: parts.boxes.runKeys, log, clock: parts.clock })
  const notices = startNotices(noticeDeps(parts))
  const keeper = startKeeper({ pool, log, clock: parts.clock, boxes: parts.boxes })
  return {
    nearestDeadlineMs: () => engine.nearestDeadlineMs(),
    async stop(patienceMs) {
      await notices.stop()
      await keeper.stop()
      await scheduler.stop()
      await engine.stop(patienceMs)
      await boss.stop({ graceful: false })
      await parts.close()
      await pool.end()
    },
  }
}
