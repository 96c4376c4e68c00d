import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { databaseEnv } from './initdb.ts'
import type { OsUser } from './user.ts'

/**
 * The shell holds one end of our pipe: when this process dies, however it dies, `read` ends and the database is told
 * to shut down. If the database ends by itself, the shell ends too and we hear of it.
 */
const script = `exec 3<&0
"$0" "$@" 3<&- </dev/null & database=$!
trap '' INT TERM HUP
( read _ <&3; kill -$STOP_SIGNAL $database 2>/dev/null ) & watcher=$!
wait $database; code=$?
kill -KILL $watcher 2>/dev/null; rm -rf "$SOCKET_FOLDER"; exit $code`

const largestLog = 5_000_000

export interface WatchedProcess {
  /** Settles when it has ended, with the exit code. */
  readonly exited: Promise<number>
  hasExited(): boolean
  /** The end of what it wrote to its log. */
  logTail(): string
  /** Orderly shutdown; settles when it has ended. */
  stop(): Promise<void>
}

export function startWatched(options: {
  program: string
  args: string[]
  user: OsUser | null
  /** Removed at the end. */
  socketFolder: string
  stopSignal: 'INT' | 'TERM'
  logFile: string
}): WatchedProcess {
  if ((statSync(options.logFile, { throwIfNoEntry: false })?.size ?? 0) > largestLog)
    renameSync(options.logFile, `${options.logFile}.1`)
  const from = statSync(options.logFile, { throwIfNoEntry: false })?.size ?? 0
  // A file and no pipe of ours: a busy or dead reader must not stop the database.
  const log = openSync(options.logFile, 'a', 0o600)
  const child = spawn('/bin/sh', ['-c', script, options.program, ...options.args], {
    ...options.user,
    env: { ...databaseEnv, SOCKET_FOLDER: options.socketFolder, STOP_SIGNAL: options.stopSignal },
    stdio: ['pipe', log, log],
    cwd: '/',
    detached: true, // or Ctrl-C in a terminal would reach it before our orderly stop
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
