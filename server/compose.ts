import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { PgBoss } from 'pg-boss'
import { createDescriptionCache, type DescriptionCache } from '#runtime/compile/description-cache.ts'
import type { Host } from '#runtime/host.ts'
import type { Clock, Log } from '#runtime/sdk/index.ts'
import { Catalogs } from './catalog/catalogs.ts'
import { systemClock } from './clock.ts'
import { createHost, type HostAbout } from './connections/host.ts'
import { createConnections, type Connections } from './connections/open.ts'
import { QueryLog } from './connections/query-log.ts'
import { databaseReach } from './connections/reach.ts'
import { ConnectionStore } from './connections/store.ts'
import { nodePackages, pluginsFolder } from './config.ts'
import type { Database } from './database/schema.ts'
import { allowedAddresses, type Allows } from './egress/addresses.ts'
import { createEgress, type Egress } from './egress/egress.ts'
import { liveRegistry, type LiveRegistry } from './node-types/live-registry.ts'
import type { PluginPlaces } from './node-types/load.ts'
import { registryOf } from './node-types/registry-of.ts'
import { openLists, type PinnedLists } from './lists/read-list.ts'
import { ListStore } from './lists/store.ts'
import { PinnedSampleStore } from './pinned-samples/store.ts'
import type { RunDeps } from './runs/start.ts'
import { publishedParts } from './workflows/parts.ts'
import { createBox, keyRing, type Box } from './secrets/box.ts'

/** The parts that server and worker share, built once per process. */
export interface Parts {
  readonly db: Kysely<Database>
  readonly pool: Pool
  readonly registry: LiveRegistry
  readonly store: ConnectionStore
  readonly connections: Connections
  readonly catalogs: Catalogs
  readonly lists: ListStore
  readonly samples: PinnedSampleStore
  readonly cache: DescriptionCache
  readonly boxes: {
    readonly connection: Box
    readonly listKeys: Box
    readonly runKeys: Box
    readonly workspace: Box
    readonly session: Box
    readonly samples: Box
  }
  readonly clock: Clock
  readonly log: Log
  /** The way out by HTTP, and which addresses may be reached by any protocol. */
  readonly egress: Egress
  readonly allows: Allows
  /** `lists`: a run reads those in the versions that it pinned. */
  host(workspaceId: string, lists?: PinnedLists, about?: HostAbout): Promise<Host>
  runs(boss: PgBoss): RunDeps
  close(): Promise<void>
}

export interface Base {
  readonly db: Kysely<Database>
  readonly pool: Pool
  readonly secretKey: Buffer
  readonly sampleUrl: string | null
  readonly log: Log
  readonly pluginsDir?: string
  /** Plugin files that are known to be broken. */
  readonly leaveOut?: readonly string[]
}

/** The one place where the application is put together: node types and plugins, connections, secrets. */
export async function compose(base: Base): Promise<Parts> {
  const { db, pool, log, sampleUrl } = base
  const clock = systemClock
  const registry = liveRegistry(await registryOf(pluginPlaces(base)))
  const ring = keyRing(base.secretKey)
  const boxes = {
    connection: createBox(ring, 'connection'),
    listKeys: createBox(ring, 'list-key'),
    runKeys: createBox(ring, 'run-key'),
    workspace: createBox(ring, 'workspace'),
    session: createBox(ring, 'session'),
    samples: createBox(ring, 'pinned-sample'),
  }
  const store = new ConnectionStore(db, boxes.connection)
  const allows = allowedAddresses(process.env.ALIMFLOW_ALLOW_PRIVATE_HTTP)
  const egress = createEgress({ allows })
  const { ALIMFLOW_DATABASE_ALLOW: allow, ALIMFLOW_DATABASE_DENY: deny } = process.env
  const reach = databaseReach({ allow, deny })
  const queryLog = new QueryLog(pool, log)
  const connections = createConnections({ store, pool, registry, egress, sampleUrl, reach, queryLog, log, clock })
  const catalogs = new Catalogs({ db, connections, clock })
  for (const { file, error } of registry.broken) log.warn(`${file}: ${error.message}`)
  return {
    db,
    pool,
    registry,
    store,
    connections,
    catalogs,
    lists: new ListStore(pool, boxes.listKeys),
    samples: new PinnedSampleStore(pool, boxes.samples),
    cache: createDescriptionCache(clock),
    boxes,
    clock,
    log,
    egress,
    allows,
    host: (workspaceId, pinned, about) =>
      createHost(workspaceId, {
        connections,
        about,
        catalog: async (id, options) => catalogs.read(await store.read({ workspaceId, id }), options),
        seen: (id) => catalogs.seen({ workspaceId, id }),
        namings: () => catalogs.namings(workspaceId),
        lists: () => openLists({ pool, listKeys: boxes.listKeys }, workspaceId, pinned),
        inner: publishedParts(db, workspaceId),
        clock,
        log,
        http: egress.http,
      }),
    runs: (boss) => ({ pool, boss, runKeys: boxes.runKeys }),
    async close() {
      await connections.close()
      await queryLog.flush()
      await egress.close()
    },
  }
}

/** Where this installation's plugins come from. */
export function pluginPlaces({ pluginsDir, leaveOut }: Pick<Base, 'pluginsDir' | 'leaveOut'> = {}): PluginPlaces {
  return {
    pluginsDir: pluginsDir ?? pluginsFolder(process.env),
    packages: nodePackages(process.env),
    ...(leaveOut && { leaveOut }),
  }
}
