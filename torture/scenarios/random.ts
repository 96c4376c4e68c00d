import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { carriesOne, isBlind, mostClaimed, type Channel } from '../harness/channels.ts'
import type { Platform } from '../harness/platform.ts'
import { signal } from '../harness/process-tree.ts'
import { playRound, type Blow } from '../harness/round.ts'
import type { Scenario } from './scenario.ts'

const TARGETS = ['worker', 'worker and supervisor', 'server', 'database', 'backend', 'provider'] as const
type Target = (typeof TARGETS)[number]

/** kill -9 of one thing at a moment in the middle of sending, with a call under way wherever possible. */
export function randomScenarios(times: number): Scenario[] {
  const channels: readonly Channel[] = ['lookup', 'blind', 'one-lookup', 'one-blind']
  return TARGETS.flatMap((target) =>
    channels.map((channel): Scenario => {
      const name = `random kill of ${target} (${channel})`
      return {
        name,
        group: 'random',
        times,
        play: (platform) =>
          playRound(platform, {
            scenario: name,
            shape: 'plain',
            channel,
            mayBeUnconfirmed: () => (isBlind(channel) ? mostClaimed(channel) : 0),
            strike: (_, stopped) => strike(platform, { target, channel }, stopped),
          }),
      }
    }),
  )
}

async function strike(
  platform: Platform,
  { target, channel }: { target: Target; channel: Channel },
  stopped: AbortSignal,
): Promise<Blow> {
  const { fake } = platform
  const from = fake.calls + 2 + Math.floor(Math.random() * (carriesOne(channel) ? 3500 : 35))
  try {
    while (fake.calls < from) await once(fake, 'flight', { signal: stopped })
    await sleep(Math.random() * 40)
    while (fake.inFlight === 0) await once(fake, 'flight', { signal: stopped })
  } catch {
    return { struck: false, inFlight: 0, at: performance.now() } // the run was over before
  }
  const [busiest = 0, ofBusiest = 0] = [...fake.flight].toSorted(([, a], [, b]) => b - a)[0] ?? []
  const blow = { struck: true, inFlight: target.startsWith('worker') ? ofBusiest : fake.inFlight, at: performance.now() }
  await fell(platform, target, busiest)
  return blow
}

/** Kills it, and brings back what nobody else brings back. */
async function fell(platform: Platform, target: Target, worker: number): Promise<void> {
  switch (target) {
    case 'worker':
      return signal(worker, 'SIGKILL')
    case 'worker and supervisor': {
      const part = platform.workers.find(({ child }) => child === worker)
      if (!part) throw new Error('Nobody knows that worker')
      await part.kill()
      platform.workers.splice(platform.workers.indexOf(part), 1)
      await platform.startWorker()
      return
    }
    case 'server':
      await platform.server.kill()
      return platform.startServer()
    case 'database':
      await platform.database.kill()
      return platform.database.restart()
    case 'backend': {
      await platform.database.query(
        `select pg_terminate_backend(pid) from (
           select pid from pg_stat_activity where application_name like 'alimflow%' and backend_type = 'client backend' order by random() limit 1) one`,
      )
      return
    }
    case 'provider':
      await platform.fake.kill()
      await sleep(300)
      return platform.fake.restart()
  }
}
