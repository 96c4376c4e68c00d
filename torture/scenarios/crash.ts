import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CrashPoint } from '#runtime/crash-point.ts'
import type { Shape } from '../harness/documents.ts'
import { isBlind, mostClaimed, mostInFlight, type Channel } from '../harness/channels.ts'
import type { Platform } from '../harness/platform.ts'
import { signal } from '../harness/process-tree.ts'
import { orderCrash, playRound, type Blow } from '../harness/round.ts'
import type { Scenario } from './scenario.ts'

interface Place {
  readonly point: CrashPoint
  readonly shape: Shape
  readonly channels: readonly Channel[]
  /** Passages of one process before it obeys: some work is done by then. */
  readonly nth: number
}

/** Where workers die: at each point with the graph that passes it, and with the providers for which it makes a difference. */
const PLACES: readonly Place[] = [
  { point: 'spooling', shape: 'plain', channels: ['lookup'], nth: 3 },
  { point: 'after-spool', shape: 'plain', channels: ['lookup'], nth: 1 },
  { point: 'before-claim', shape: 'plain', channels: ['lookup'], nth: 2 },
  { point: 'after-claim', shape: 'plain', channels: ['lookup', 'blind'], nth: 1 },
  { point: 'after-freeze', shape: 'query', channels: ['lookup', 'blind'], nth: 1 },
  { point: 'after-begin', shape: 'plain', channels: ['groups'], nth: 4 },
  { point: 'mid-call', shape: 'plain', channels: ['lookup', 'blind', 'groups'], nth: 5 },
  { point: 'after-accept', shape: 'plain', channels: ['lookup', 'blind', 'groups'], nth: 5 },
  { point: 'after-record', shape: 'plain', channels: ['lookup', 'blind'], nth: 5 },
  { point: 'reshaping', shape: 'reshape', channels: ['lookup'], nth: 1 },
  { point: 'applying-reports', shape: 'plain', channels: ['lookup'], nth: 3 },
  { point: 'after-claim', shape: 'plain', channels: ['one-lookup', 'one-blind'], nth: 1 },
  { point: 'mid-call', shape: 'plain', channels: ['one-lookup', 'one-blind'], nth: 700 },
  { point: 'after-accept', shape: 'plain', channels: ['one-lookup', 'one-blind'], nth: 700 },
  { point: 'after-record', shape: 'plain', channels: ['one-lookup', 'one-blind'], nth: 15 },
  { point: 'finishing', shape: 'plain', channels: ['lookup'], nth: 1 },
]

/** The bar: a machine frozen for a minute. Up to a quarter more, so that it wakes before, at and after the end of its claims. */
const FROZEN_MS = 60_000
/** What it knows is said by then, also where the run has ended without it. */
const AWAKE_MS = 5_000

/** kill -9 at each point. */
export function killScenarios(times: number): Scenario[] {
  return PLACES.flatMap(({ point, shape, channels, nth }) =>
    channels.map((channel): Scenario => {
      const name = `kill -9 ${point} (${channel})`
      return {
        name,
        group: 'crash',
        times,
        play: (platform) =>
          playRound(platform, {
            scenario: name,
            shape,
            channel,
            mayBeUnconfirmed: () => (isBlind(channel) ? mostClaimed(channel) : 0),
            strike: (_, stopped) => orderCrash(platform, `${point}:kill:${nth}`, stopped),
          }),
      }
    }),
  )
}

/** SIGSTOP of a worker with its supervisor at each point, as a machine that is suspended; SIGCONT a minute later. */
export function freezeScenarios(times: number): Scenario[] {
  return PLACES.flatMap(({ point, shape, channels, nth }) =>
    channels.map((channel): Scenario => {
      const name = `freeze ${point} (${channel})`
      return {
        name,
        group: 'freeze',
        times,
        play: (platform) =>
          playRound(platform, {
            scenario: name,
            shape,
            channel,
            mayBeUnconfirmed: () => (channel === 'groups' ? 0 : mostInFlight(channel)),
            strike: (_, stopped) => freeze(platform, `${point}:stop:${nth}`, stopped),
          }),
      }
    }),
  )
}

async function freeze(platform: Platform, order: string, stopped: AbortSignal): Promise<Blow> {
  const blow = await orderCrash(platform, order, stopped)
  if (!blow.struck) return blow
  const frozen = await stoppedOf(platform)
  for (const worker of frozen) signal(worker.pid, 'SIGSTOP')
  await sleep(FROZEN_MS * (1 + 0.25 * Math.random()))
  for (const worker of frozen) worker.signal('SIGCONT')
  await sleep(AWAKE_MS)
  return { ...blow, struck: frozen.length === 1 }
}

/** The order is obeyed a moment before the process stands still; its supervisor must not find it so, and kill it. */
async function stoppedOf({ workers }: Platform): Promise<typeof workers> {
  for (const end = performance.now() + 10_000; ; await sleep(10)) {
    const stopped = workers.filter(({ child }) => child !== null && isStopped(child))
    if (stopped.length > 0 || performance.now() > end) return stopped
  }
}

function isStopped(pid: number): boolean {
  // The state follows the name, which stands in parentheses.
  return /\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}
