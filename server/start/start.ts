import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import {
  accessToken,
  pluginsFolder,
  prepareDataDir,
  projectFolder,
  readConfig,
  secretKeyOf,
  type Config,
} from '#server/config.ts'
import { createKysely, createPool } from '#server/database/connect.ts'
import { watchPlugins, type PluginWatch } from '#server/node-types/watch.ts'
import { serve, type RunningServer } from '#server/serve.ts'
import { ensureEditor } from './build-editor.ts'
import { openDatabases, type Databases } from './databases.ts'
import { checkPort } from './listen.ts'
import { readyLine } from './ready-line.ts'
import type { Shutdown } from './shutdown.ts'
import { longestStopMs } from './worker-child.ts'
import { startWorkerChildren } from './worker-children.ts'

/** What of the product this process runs. */
export interface Parts {
  readonly server: boolean
  readonly worker: boolean
}

type Env = Readonly<Record<string, string | undefined>>

/**
 * The recipe of a start: settings → databases → worker → editor → server → the one line with the address. Settles when
 * everything runs; what it opened is closed by `shutdown`. Throws the start-up errors.
 */
export async function startParts(parts: Parts, env: Env, { log, shutdown }: { log: Log; shutdown: Shutdown }): Promise<void> {
  const config = readConfig(env)
  if (!(parts.server && parts.worker)) needDatabaseUrl(config)
  prepareDataDir(config.dataDir)
  const secretKey = secretKeyOf(config)
  const databases = await openDatabases(parts.server && parts.worker ? config : { ...config, sample: false }, log, shutdown)
  shutdown.signal.throwIfAborted()
  if (parts.server) await checkPort(config)
  // What is saved from here on is told when everything runs.
  const watch = await watchPlugins(pluginsFolder(process.env))
  const worker = parts.worker ? startWorkerChildren({ config, databases, secretKey }, { log, shutdown }) : null
  const server = parts.server ? await startServer({ config, databases, secretKey, worker }, { log, shutdown }) : null
  watchNodeFiles(watch, { server, worker }, { log, shutdown })
  if (!server) process.stdout.write(config.workers > 1 ? `${config.workers} workers work.\n` : 'The worker works.\n')
}

/** Brings the database up to date and ends. */
export async function migrateOnly(env: Env, { log, shutdown }: { log: Log; shutdown: Shutdown }): Promise<void> {
  const config = readConfig(env)
  if (!config.databaseUrl) prepareDataDir(config.dataDir)
  await openDatabases({ ...config, sample: false }, log, shutdown)
  process.stdout.write('The database is up to date.\n')
}

/** Parts on several machines meet in one database. */
function needDatabaseUrl(config: Config): void {
  if (config.databaseUrl) return
  const detail =
    'a server or worker of its own shares a PostgreSQL with the others: set it to postgresql://…, or use: alimflow start'
  throw new AppError('setting-invalid', { name: 'DATABASE_URL', value: '', detail })
}

interface ServerParts {
  config: Config
  databases: Databases
  secretKey: Buffer
  worker: ReturnType<typeof startWorkerChildren> | null
}

async function startServer(
  { config, databases, secretKey, worker }: ServerParts,
  { log, shutdown }: { log: Log; shutdown: Shutdown },
): Promise<RunningServer> {
  await ensureEditor(log, shutdown.signal)
  const { token, made } = accessToken(config)
  const pool = createPool({ url: databases.url, log, name: 'alimflow server' })
  shutdown.opened('The database connections', () => pool.end())
  const server = await serve({
    config,
    databaseUrl: databases.url,
    pool,
    db: createKysely(pool),
    secretKey,
    token,
    sampleUrl: databases.sampleUrl,
    log,
    version: productVersion(),
    startedAt: new Date(),
    workerState: () => worker?.state() ?? 'down',
  })
  shutdown.opened('The server', () => server.close())
  shutdown.signal.throwIfAborted()
  process.stdout.write(`${readyLine({ config, port: server.port, newToken: made ? token : null })}\n`)
  return server
}

/** A node file that is saved works at once: the server learns it, the workers start again with it. */
function watchNodeFiles(
  watch: PluginWatch,
  { server, worker }: { server: RunningServer | null; worker: ServerParts['worker'] },
  { log, shutdown }: { log: Log; shutdown: Shutdown },
): void {
  watch.start({
    broken: server?.broken ?? [],
    log,
    async changed(change) {
      await server?.pluginsChanged(change)
      if (change.taken) await worker?.renew([...change.broken.keys()])
    },
  })
  shutdown.opened('The watch over the node files', () => watch.stop(), longestStopMs)
}

/** Of our package.json. */
export function productVersion(): string {
  // Our own package.json.
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string }
  return version
}
