import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'
import { buildApp } from './app.ts'
import { watchHealth } from './connections/health-watch.ts'
import { compose, pluginPlaces } from './compose.ts'
import { projectFolder, type Config } from './config.ts'
import type { Database } from './database/schema.ts'
import { createBoss } from './jobs/boss.ts'
import { takeChange } from './node-types/take-change.ts'
import type { PluginChange } from './node-types/watch.ts'
import { readPublicUrl, storeBaseUrl } from './notices/base-url.ts'
import { noticeDeps } from './notices/deps.ts'
import { startNotices } from './notices/watch.ts'
import { startPublicDoor } from './public-door/start.ts'
import { listen } from './start/listen.ts'
import { seedWorkspace } from './workspace/seed.ts'

/** What the start hands to the web server: everything below is open and migrated. */
export interface ServeDeps {
  readonly config: Config
  readonly databaseUrl: string
  readonly pool: pg.Pool
  readonly db: Kysely<Database>
  /** The platform's secret key, 32 bytes. */
  readonly secretKey: Buffer
  /** What the admin door demands; null: nothing. */
  readonly token: string | null
  /** postgresql:// address of the sample shop for its reading role; null: there is none. */
  readonly sampleUrl: string | null
  readonly log: Log
  readonly version: string
  readonly startedAt: Date
  /** How the worker of this process fares; `down` where it has none. */
  workerState(): 'ok' | 'starting' | 'down'
}

export interface RunningServer {
  readonly port: number
  /** Files of the plugins folder that could not be used at the start. */
  readonly broken: readonly string[]
  /** Plugin files changed. */
  pluginsChanged(change: PluginChange): Promise<void>
  /** Takes no new request, lets those under way end. */
  close(): Promise<void>
}

/** Starts the web server: seeds a new workspace, composes the application, listens. Throws `port-taken`, `host-unusable`. */
export async function serve(deps: ServeDeps): Promise<RunningServer> {
  const { config, db, pool, log, sampleUrl, secretKey, version, startedAt } = deps
  const parts = await compose({ db, pool, secretKey, sampleUrl, log })
  await seedWorkspace(db, { box: parts.boxes.workspace, store: parts.store, sample: sampleUrl !== null })
  const boss = await createBoss({ databaseUrl: deps.databaseUrl, log, sendOnly: true })
  const app = await buildApp({
    parts,
    boss,
    databaseUrl: deps.databaseUrl,
    door: { host: config.host, token: deps.token },
    health: { version, startedAt, workerState: () => deps.workerState() },
    editor: join(projectFolder, 'editor', 'dist'),
    version,
    publicUrl: readPublicUrl(process.env.PUBLIC_URL)?.replace(/\/+$/, '') ?? null,
  })
  const port = await listen(app, config)
  const { publicPort } = config
  const door =
    publicPort === null
      ? null
      : await startPublicDoor({ parts, boss }, { host: config.host, port: publicPort, trustedProxies: config.trustedProxies })
  await storeBaseUrl(pool, {
    // With a public door its address is no address of the pages.
    publicUrl:
      readPublicUrl(process.env.ALIMFLOW_ADMIN_URL, 'ALIMFLOW_ADMIN_URL') ??
      (publicPort === null ? readPublicUrl(process.env.PUBLIC_URL) : null),
    host: config.host,
    port,
  })
  const notices = startNotices(noticeDeps(parts))
  const health = watchHealth({ pool, connections: parts.connections, store: parts.store, log })
  return {
    port,
    broken: parts.registry.broken.map(({ file }) => file),
    pluginsChanged: (change) => takeChange(parts.registry, change, pluginPlaces()),
    async close() {
      await notices.stop()
      await health.stop()
      await door?.close()
      await app.close()
      await boss.stop({ graceful: false })
      await parts.close()
    },
  }
}
