import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { PgBoss } from 'pg-boss'
import { createDescriptionCache, type DescriptionCache } from '#runtime/compile/description-cache.ts'
import type { Host } from '#runtime/host.ts'
import { createRegistry, type Registry } from '#runtime/registry.ts'
import type { Clock, Log } from '#runtime/sdk/index.ts'
import { systemClock } from './clock.ts'
import { createHost } from './connections/host.ts'
import { databaseKinds } from './connections/kinds.ts'
import { createConnections, type Connections } from './connections/open.ts'
import { ConnectionStore } from './connections/store.ts'
import { projectFolder } from './config.ts'
import type { Database } from './database/schema.ts'
import { allowedAddresses, type Allows } from './egress/addresses.ts'
import { createEgress, type Egress } from './egress/egress.ts'
import { loadNodeTypes } from './node-types/load.ts'
import type { RunDeps } from './runs/start.ts'
import { createBox, keyRing, type Box } from './secrets/box.ts'

/** The parts that server and worker share, built once per process. */
export interface Parts {
  readonly db: Kysely<Database>
  readonly pool: Pool
  readonly registry: Registry
  readonly store: ConnectionStore
  readonly connections: Connections
  readonly cache: DescriptionCache
  readonly boxes: { readonly connection: Box; readonly runKeys: Box; readonly workspace: Box; readonly session: Box }
  readonly clock: Clock
  readonly log: Log
  /** The way out by HTTP, and which addresses may be reached by any protocol. */
  readonly egress: Egress
  readonly allows: Allows
  host(workspaceId: string): Promise<Host>
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
}

/** The one place where the application is put together: node types and plugins, connections, secrets. */
export async function compose(base: Base): Promise<Parts> {
  const { db, pool, log, sampleUrl } = base
  const clock = systemClock
  const loaded = await loadNodeTypes({
    pluginsDir: base.pluginsDir ?? process.env.ALIMFLOW_PLUGINS_DIR ?? `${projectFolder}/plugins`,
  })
  const registry = createRegistry({
    nodes: loaded.nodes,
    providers: loaded.providers,
    databases: databaseKinds,
    plugins: loaded.plugins,
  })
  const ring = keyRing(base.secretKey)
  const boxes = {
    connection: createBox(ring, 'connection'),
    runKeys: createBox(ring, 'run-key'),
    workspace: createBox(ring, 'workspace'),
    session: createBox(ring, 'session'),
  }
  const store = new ConnectionStore(db, boxes.connection)
  const allows = allowedAddresses(process.env.ALIMFLOW_ALLOW_PRIVATE_HTTP)
  const egress = createEgress({ allows })
  const connections = createConnections({ store, pool, registry, egress, sampleUrl, log, clock })
  for (const { file, error } of [...registry.broken, ...loaded.broken]) log.warn(`${file}: ${error.message}`)
  return {
    db,
    pool,
    registry: { ...registry, broken: [...registry.broken, ...loaded.broken] },
    store,
    connections,
    cache: createDescriptionCache(clock),
    boxes,
    clock,
    log,
    egress,
    allows,
    host: (workspaceId) => createHost(workspaceId, { connections, clock, log, http: egress.http }),
    runs: (boss) => ({ pool, boss, runKeys: boxes.runKeys }),
    async close() {
      await connections.close()
      await egress.close()
    },
  }
}
