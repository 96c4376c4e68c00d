import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Log } from '#runtime/sdk/index.ts'
import { prepareDataDir, type Config } from '#server/config.ts'
import { superuser } from '#server/database/embedded/initdb.ts'
import { startEmbedded } from '#server/database/embedded/start.ts'
import type { Shutdown } from '#server/start/shutdown.ts'

/**
 * The address of the platform's database: DATABASE_URL; else the embedded one, which is used as it is where a product is running, and
 * started for this command (and stopped by `shutdown`) where none is. Throws the start-up errors.
 */
export async function openDatabase(config: Config, { log, shutdown }: { log: Log; shutdown: Shutdown }): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl
  const running = runningUrl(config.dataDir)
  if (running !== null && (await answers(running))) return running
  prepareDataDir(config.dataDir)
  const embedded = await startEmbedded(config.dataDir, log)
  shutdown.opened('The database', () => embedded.stop())
  return embedded.url
}

/** The socket and password of an embedded database whose PostgreSQL wrote down that it runs; null: none did. */
function runningUrl(dataDir: string): string | null {
  const pointer = join(dataDir, 'db-folder')
  const folder = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : dataDir
  const password = join(dataDir, 'db-password')
  try {
    // Lines: pid, folder, start, port, socket folder …
    const [, , , , socket = ''] = readFileSync(join(folder, 'db/postmaster.pid'), 'utf8').split('\n')
    const login = [superuser, readFileSync(password, 'utf8').trim()].map(encodeURIComponent).join(':')
    return socket === '' ? null : `postgresql://${login}@/alimflow?host=${encodeURIComponent(socket)}`
  } catch {
    return null
  }
}

/** A killed product leaves its note behind. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
