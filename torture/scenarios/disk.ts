import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Platform } from '../harness/platform.ts'
import { playRound, type Blow } from '../harness/round.ts'
import type { Played, Scenario } from './scenario.ts'

/** The database after its first start is some 80 MB; the rest is taken away from it. */
const SIZE_MB = 220
const FULL_MS = 10_000
const settings = { max_wal_size: '64MB', min_wal_size: '32MB', wal_keep_size: '0' }

/** The platform's database has no room left, in the middle of a run, for ten seconds. */
export function diskScenarios(times: number): Scenario[] {
  const name = "no room on the database's disk"
  return [{ name, group: 'disk', times, alone: () => play(name) }]
}

async function play(scenario: string): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), 'alimflow-small-disk-'))
  chmodSync(folder, 0o711)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=711`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    return { skipped: `a small disk cannot be mounted here (it takes root): ${String(error)}` }
  }
  try {
    const databaseFolder = join(folder, 'database')
    const platform = await Platform.start({ people: 5000, workers: 2, databaseFolder, databaseSettings: settings })
    try {
      return await playRound(platform, {
        scenario,
        shape: 'plain',
        channel: 'lookup',
        mayBeUnconfirmed: () => 0,
        strike: (_, stopped) => fill(platform, folder, stopped),
      })
    } finally {
      await platform.stop()
    }
  } finally {
    execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Takes all the room once calls are under way, and gives it back later. */
async function fill(platform: Platform, folder: string, stopped: AbortSignal): Promise<Blow> {
  const { fake } = platform
  const from = fake.calls + 5
  try {
    while (fake.calls < from) await once(fake, 'flight', { signal: stopped })
  } catch {
    return { struck: false, inFlight: 0, at: performance.now() } // the run was over before
  }
  const ballast = join(folder, 'ballast')
  takeAllRoom(ballast)
  const blow = { struck: true, inFlight: fake.inFlight, at: performance.now() }
  await sleep(FULL_MS)
  rmSync(ballast)
  // PostgreSQL ends when it cannot write its log of changes; whoever runs it starts it again.
  if (platform.database.hasEnded) await platform.database.restart()
  return blow
}

/** The database takes room meanwhile, so how much there is cannot be known: pieces are written until none fits. */
function takeAllRoom(file: string): void {
  for (let piece = Buffer.alloc(1 << 20); piece.length >= 4096;) {
    try {
      appendFileSync(file, piece)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      piece = piece.subarray(0, piece.length / 2)
    }
  }
}
