import { readFileSync, rmSync, writeFileSync } from 'node:fs'
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
    const holder = livingHolder(file)
    if (holder === null) {
      rmSync(file, { force: true })
      continue
    }
    if (Date.now() > deadline) throw new AppError('already-running', { pid: holder, folder: root })
    if (round === 10) log.info(`Another Alimflow (process ${holder}) uses ${root}. Waiting a moment: it may be closing.`)
    await sleep(50)
  }
  return {
    release() {
      if (read(file) === mine) rmSync(file, { force: true })
    },
  }
}

function take(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false // node:fs throws nothing else than ErrnoException
    throw error
  }
}

function livingHolder(file: string): number | null {
  const [pid = '', ...started] = (read(file) ?? '').trim().split(' ')
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
