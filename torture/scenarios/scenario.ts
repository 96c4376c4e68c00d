import type { Round } from '../harness/round.ts'
import type { Platform, PlatformOptions } from '../harness/platform.ts'

/** Something that is tried, so many times, on a platform that lives as long as the tries. */
export interface Scenario {
  readonly name: string
  /** crash: at named points · random: somewhere in the middle · provider, disk, clock, source: what goes wrong outside */
  readonly group: 'crash' | 'freeze' | 'random' | 'provider' | 'disk' | 'clock' | 'source'
  /** Tries in the long form. */
  readonly times: number
  readonly platform?: Partial<PlatformOptions>
  /** One try, on a platform that several tries share. `skipped`: why it could not be made here. */
  readonly play?: (platform: Platform) => Promise<Played>
  /** One try that starts a platform itself. */
  readonly alone?: () => Promise<Played>
}

export type Played = Round | { readonly skipped: string }
