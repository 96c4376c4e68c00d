import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { databaseEnv } from './initdb.ts'
import type { OsUser } from './user.ts'

/**
 * The shell holds one end of our pipe: when this process dies, however it dies, `read` ends and PostgreSQL gets a fast
 * shutdown. If PostgreSQL ends by itself, the shell ends too and we hear of it.
 */
const script = `exec 3<&0
"$0" "$@" 3<&- </dev/null & database=$!
trap '' INT TERM HUP
( read _ <&3; kill -INT $database ) & watcher=$!
wait $database; code=$?
kill -KILL $watcher; rm -rf "$SOCKET_FOLDER"; exit $code`

const largestLog = 5_000_000

export interface WatchedProcess {
  /** Settles when it has ended, with the exit code. */
  readonly exited: Promise<number>
  hasExited(): boolean
  /** The end of what it wrote to its log. */
  logTail(): string
  /** Fast shutdown; settles when it has ended. */
  stop(): Promise<void>
}

export function startWatched(options: {
  program: string
  args: string[]
  user: OsUser | null
  socketFolder: string
  logFile: string
}): WatchedProcess {
  if ((statSync(options.logFile, { throwIfNoEntry: false })?.size ?? 0) > largestLog)
    renameSync(options.logFile, `${options.logFile}.1`)
  const from = statSync(options.logFile, { throwIfNoEntry: false })?.size ?? 0
  // A file and no pipe of ours: a busy or dead reader must not stop the database.
  const log = openSync(options.logFile, 'a', 0o600)
  const child = spawn('/bin/sh', ['-c', script, options.program, ...options.args], {
    ...options.user,
    env: { ...databaseEnv, SOCKET_FOLDER: options.socketFolder },
    stdio: ['pipe', log, log],
    cwd: '/',
    detached: true, // or Ctrl-C in a terminal would reach PostgreSQL before our orderly stop
  })
  closeSync(log)
  const pipe = child.stdin
  pipe?.on('error', () => undefined) // the shell is gone already: `exited` tells
  let code: number | null = null
  const exited = new Promise<number>((resolve) => {
    const ended = (status: number | null) => {
      code = status ?? 1
      rmSync(options.socketFolder, { recursive: true, force: true })
      resolve(code)
    }
    child.once('exit', ended)
    child.once('error', () => ended(127))
  })
  return {
    exited,
    hasExited: () => code !== null,
    logTail: () => readFileSync(options.logFile).subarray(from).toString('utf8').slice(-4000).trim(),
    async stop() {
      pipe?.end()
      await exited
    },
  }
}
