import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import { anyoneWorksIn, processInfo } from './process-table.ts'
import { isSocketFolder } from './reach.ts'

const pollMs = 25
/** A shutdown writes out what is in memory: on a slow disk that takes its time. */
const patienceMs = 60_000
/** So long a dead process may wait for its parent before we judge ourselves that nobody uses the data. */
const zombieMs = 5000

/**
 * Waits until no PostgreSQL of an earlier process uses the data. We hold the folder's lock, so its owner is dead: either
 * its shell is shutting it down, or the shell was killed as well and it is asked to stop here.
 */
export async function clearWay(data: string, log: Log): Promise<void> {
  const file = join(data, 'postmaster.pid')
  const { socketFolder } = readPidFile(file)
  await untilUnused(data, file, log)
  if (socketFolder && isSocketFolder(socketFolder)) rmSync(socketFolder, { recursive: true, force: true })
}

async function untilUnused(data: string, file: string, log: Log): Promise<void> {
  const started = Date.now()
  let asked = false
  while (existsSync(file)) {
    const { pid } = readPidFile(file)
    const info = processInfo(pid)
    const waited = Date.now() - started
    // PostgreSQL itself sees that the file of a process that is gone is old.
    if (!info || (!info.zombie && !info.command.includes(data))) return
    if (info.zombie && waited > zombieMs && !anyoneWorksIn(data)) return rmSync(file, { force: true })
    if (waited > patienceMs) throw new AppError('embedded-database-failed', { detail: `Process ${pid} still uses ${data}.` })
    const watched = processInfo(info.parent)?.command.includes(data) === true
    if (!info.zombie && !watched && !asked) {
      log.info(`A database that an earlier Alimflow left running (process ${pid}) is being stopped.`)
      process.kill(pid, 'SIGINT')
      asked = true
    }
    await sleep(pollMs)
  }
}

/** Line 1 is the process, line 5 the first folder of sockets (documented in PostgreSQL's miscadmin.h). */
function readPidFile(file: string): { pid: number; socketFolder: string | undefined } {
  try {
    const lines = readFileSync(file, 'utf8').split('\n')
    return { pid: Number(lines[0]), socketFolder: lines[4] }
  } catch {
    return { pid: 0, socketFolder: undefined } // removed since we looked
  }
}
