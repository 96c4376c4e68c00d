import type { Log } from '#runtime/sdk/index.ts'
import type { Config } from '#server/config.ts'
import { startEmbedded, type EmbeddedDatabase } from '#server/database/embedded/start.ts'
import { migrate } from '#server/database/migrate.ts'
import { ensureSampleShop } from '#server/sample/shop.ts'
import type { Shutdown } from './shutdown.ts'

/** How often a running process looks whether a new week has begun for the sample. */
const refreshMs = 3_600_000

export interface Databases {
  /** The platform's database, migrated. */
  readonly url: string
  /** The sample shop for its reading role; null: switched off. */
  readonly sampleUrl: string | null
}

/**
 * The platform's database (DATABASE_URL, else the embedded one), migrated, and the sample shop, which always lives in the
 * embedded cluster. Throws the start-up errors of schemas/errors/start.ts.
 */
export async function openDatabases(config: Config, log: Log, shutdown: Shutdown): Promise<Databases> {
  // First the given one: if it cannot be used, nothing else has to be started.
  if (config.databaseUrl) await migrateAndTell(config.databaseUrl, log)
  const embedded = config.databaseUrl === null || config.sample ? await openEmbedded(config, log, shutdown) : null
  const url = config.databaseUrl ?? embedded?.url ?? ''
  shutdown.signal.throwIfAborted()
  if (!config.databaseUrl) await migrateAndTell(url, log)
  shutdown.signal.throwIfAborted()
  return { url, sampleUrl: embedded && config.sample ? await openSample(embedded, log, shutdown) : null }
}

async function migrateAndTell(url: string, log: Log): Promise<void> {
  const made = await migrate(url, log)
  if (made.length > 0) log.info(`The database was brought up to date: ${made.join(', ')}.`)
}

async function openEmbedded(config: Config, log: Log, shutdown: Shutdown): Promise<EmbeddedDatabase> {
  const embedded = await startEmbedded(config.dataDir, log)
  let closing = false
  shutdown.opened('The database', () => {
    closing = true
    return embedded.stop()
  })
  void embedded.exited.then((code) => {
    if (!closing)
      shutdown.request(
        new Error(`The embedded database ended by itself (code ${code}); ${config.dataDir}/postgres.log says why.`),
      )
  })
  return embedded
}

async function openSample(embedded: EmbeddedDatabase, log: Log, shutdown: Shutdown): Promise<string> {
  const shop = await ensureSampleShop(embedded, log)
  const timer = setInterval(() => {
    shop
      .refresh(new Date())
      .catch((error: unknown) => log.warn('The sample shop was not brought up to date', { error: String(error) }))
  }, refreshMs)
  shutdown.opened('The sample shop', () => {
    clearInterval(timer)
    return Promise.resolve()
  })
  return shop.url
}
