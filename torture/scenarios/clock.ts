import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Platform } from '../harness/platform.ts'
import { playRound, type Blow } from '../harness/round.ts'
import type { Scenario } from './scenario.ts'

const HOURS = 3_600_000
const node = `--import ${join(import.meta.dirname, '../clock/shift.ts')}`

/** The clocks of the workers jump in the middle of a run, by hours, against the database's. */
export function clockScenarios(times: number): Scenario[] {
  return [3, -3].map((hours): Scenario => {
    const name = `workers' clock jumps by ${hours} h`
    return {
      name,
      group: 'clock',
      times,
      platform: { workerEnv: { NODE_OPTIONS: node } },
      play: (platform) =>
        playRound(platform, {
          scenario: name,
          shape: 'plain',
          channel: 'lookup',
          mayBeUnconfirmed: () => 0,
          strike: (_, stopped) => jump(platform, hours * HOURS, stopped),
        }).finally(() => rmSync(platform.clockFile, { force: true })),
    }
  })
}

async function jump(platform: Platform, ms: number, stopped: AbortSignal): Promise<Blow> {
  const { fake } = platform
  const from = fake.calls + 5
  try {
    while (fake.calls < from) await once(fake, 'flight', { signal: stopped })
  } catch {
    return { struck: false, inFlight: 0, at: performance.now() } // the run was over before
  }
  writeFileSync(platform.clockFile, String(ms))
  return { struck: true, inFlight: fake.inFlight, at: performance.now() }
}
