import { execFileSync } from 'node:child_process'
import { accessSync, chownSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import { accountOf } from '#server/database/embedded/user.ts'
import { startWatched, type WatchedProcess } from '#server/database/embedded/watched-process.ts'

/** Debian keeps the server outside the usual path of ordinary users. */
const places = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']

/** Full path of a program of MariaDB; null: not installed. */
export function mariaDbProgram(name: 'mariadbd' | 'mariadb-install-db'): string | null {
  const found = places.map((place) => join(place, name)).find((path) => canRun(path))
  return found ?? null
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A port that nobody used a moment ago, on loopback. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a numeric address')
  return address.port
}

export interface OwnMariaDb {
  readonly port: number
  stop(): Promise<void>
  /** Ends the server, does what is to be done while it is away, and starts it again over the same data and port. */
  restart(whileAway: () => Promise<void>): Promise<void>
}

/** The account that a MariaDB of ours runs under; null: our own. Files that it reads must be its. */
export const mariaDbUser = () => (process.getuid?.() === 0 ? accountOf('nobody') : null)

/**
 * A MariaDB of its own in a temporary folder, on loopback, user `root` with an empty password. Needs no service of the system.
 * @param args further arguments of the server
 * @param restarts it is to be started again: its folder is then kept until `stop`
 */
export async function startMariaDb({ args = [] as readonly string[], restarts = false } = {}): Promise<OwnMariaDb> {
  const [install, server] = [mariaDbProgram('mariadb-install-db'), mariaDbProgram('mariadbd')]
  if (!install || !server) throw new Error('MariaDB is not installed (Debian: apt install mariadb-server).')
  const folder = mkdtempSync(join(tmpdir(), 'alimflow-mariadb-'))
  const data = join(folder, 'data')
  mkdirSync(data)
  const user = mariaDbUser()
  if (user) for (const path of [folder, data]) chownSync(path, user.uid, user.gid)
  // --no-defaults must come first, or the system's own configuration and socket are used.
  const installArgs = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db']
  execFileSync(install, installArgs, { ...user, stdio: 'pipe', cwd: folder })
  const port = await freePort()
  const sockets = join(folder, 'sockets')
  const start = async () => {
    const started = startWatched({
      program: server,
      args: [...serverArgs(folder, port), ...args],
      user,
      // Removed with the process: all of it, unless the data is wanted again.
      socketFolder: restarts ? sockets : folder,
      stopSignal: 'TERM',
      logFile: join(folder, 'log'),
    })
    await untilConnected(port, started)
    return started
  }
  let child = await start()
  return {
    port,
    async stop() {
      await child.stop()
      rmSync(folder, { recursive: true, force: true })
    },
    async restart(whileAway) {
      await child.stop()
      await whileAway()
      child = await start()
    },
  }
}

function serverArgs(folder: string, port: number): string[] {
  const place = [
    `--datadir=${folder}/data`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${folder}/s`,
    `--pid-file=${folder}/pid`,
  ]
  const quick = ['--innodb-buffer-pool-size=64M', '--innodb-flush-log-at-trx-commit=0', '--skip-log-bin', '--max-connections=200']
  return ['--no-defaults', ...place, ...quick, '--character-set-server=utf8mb4']
}

async function untilConnected(port: number, child: WatchedProcess): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    try {
      const connection = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root' })
      await connection.end()
      return
    } catch (error) {
      if (child.hasExited() || Date.now() > deadline) {
        const said = child.hasExited() ? '' : child.logTail()
        await child.stop()
        throw new Error(`MariaDB did not start. ${said}`, { cause: error })
      }
      await sleep(50)
    }
  }
}
