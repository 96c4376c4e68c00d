import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import { processInfo } from './process-table.ts'

export interface FolderLock {
  release(): void
}

/**
 * Makes this process the one user of a data folder. The lock is a file with our number and start time, so one that a
 * killed process left behind is known as such. A living holder gets `patienceMs` to end (it may be closing).
 * Throws `already-running`.
 */
export async function lockFolder(root: string, log: Log, patienceMs = 5000): Promise<FolderLock> {
  const file = join(root, 'running')
  const mine = `${process.pid} ${processInfo(process.pid)?.started ?? ''}\n`
  const deadline = Date.now() + patienceMs
  for (let round = 0; !take(file, mine); round++) {
    const text = read(file)
    const holder = text === null ? null : livingHolder(text)
    if (holder === null) {
      if (text !== null) removeStale(file, text)
      continue
    }
    if (Date.now() > deadline) throw new AppError('already-running', { pid: holder, folder: root })
    if (round === 10) log.info(`Another Alimflow (process ${holder}) uses ${root}. Waiting a moment: it may be closing.`)
    await sleep(50)
  }
  let released = false
  return {
    release() {
      if (!released && read(file) === mine) rmSync(file, { force: true })
      released = true
    },
  }
}

function take(file: string, text: string): boolean {
  // Written aside and linked, so that nobody ever sees a lock that is still empty.
  const aside = `${file}-${process.pid}`
  try {
    writeFileSync(aside, text, { mode: 0o600 })
    linkSync(aside, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false // node:fs throws nothing else than ErrnoException
    throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/** Of several processes that find the lock of a dead one, each removes that one only, never what another has put there since. */
function removeStale(file: string, text: string): void {
  const aside = `${file}-${process.pid}`
  try {
    renameSync(file, aside)
    if (read(aside) !== text) linkSync(aside, file)
  } catch {
    return // another was quicker: look again
  } finally {
    rmSync(aside, { force: true })
  }
}

function livingHolder(text: string): number | null {
  const [pid = '', ...started] = text.trim().split(' ')
  const info = processInfo(Number(pid))
  return info && !info.zombie && info.started === started.join(' ') ? Number(pid) : null
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
