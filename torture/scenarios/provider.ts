import type { Behaviour } from '../fake/behaviour.ts'
import { BATCH, type Channel } from '../harness/channels.ts'
import type { Platform } from '../harness/platform.ts'
import { playRound, type Round } from '../harness/round.ts'
import type { Scenario } from './scenario.ts'

interface Wrong {
  readonly behaviour: Behaviour
  readonly channel: Channel
  /** State in which the run must stand, and the code that a person reads there or at the messages. */
  readonly end: 'completed' | 'paused'
  readonly code: string | null
  /** Unconfirmed messages at most. */
  readonly unconfirmed: number
  /** Refused by the provider's word about the message. */
  readonly failed?: number
}

/** Calls that go wrong before the provider is itself again. */
const CALLS = 4
const few = (kind: Behaviour['kind']): Behaviour => ({ kind, calls: CALLS })
const doubtful = CALLS * BATCH
/** The same where a call carries one message: the breaker opens at five, and each call that fails after that doubles its rest. */
const MANY = 6
const many = (kind: Behaviour['kind']): Behaviour => ({ kind, calls: MANY })

const WRONGS: readonly Wrong[] = [
  { behaviour: few('error-after-accept'), channel: 'lookup', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: few('error-after-accept'), channel: 'blind', end: 'completed', code: 'provider-unknown', unconfirmed: doubtful },
  { behaviour: few('error-before-accept'), channel: 'lookup', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: few('busy'), channel: 'blind', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: few('busy-retry-after'), channel: 'blind', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: few('busy-retry-odd'), channel: 'blind', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: few('reset-after-accept'), channel: 'lookup', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: few('reset-after-accept'), channel: 'blind', end: 'completed', code: 'provider-unknown', unconfirmed: doubtful },
  { behaviour: few('reset-before-accept'), channel: 'lookup', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: few('hang-after-accept'), channel: 'lookup', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: few('hang-after-accept'), channel: 'groups', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: few('hang-before-accept'), channel: 'groups', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: few('hang-before-accept'), channel: 'blind', end: 'completed', code: 'provider-unknown', unconfirmed: doubtful },
  { behaviour: { kind: 'slow' }, channel: 'lookup', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: few('malformed'), channel: 'lookup', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: few('malformed'), channel: 'blind', end: 'completed', code: 'provider-unknown', unconfirmed: doubtful },
  { behaviour: few('half-outage'), channel: 'lookup', end: 'completed', code: null, unconfirmed: 0 },
  {
    behaviour: few('partial'),
    channel: 'blind',
    end: 'completed',
    code: 'provider-refused',
    unconfirmed: 0,
    failed: doubtful / 5,
  },
  { behaviour: { kind: 'wrong-key' }, channel: 'lookup', end: 'paused', code: 'provider-configuration', unconfirmed: 0 },
  ...(
    ['error-after-accept', 'error-before-accept', 'reset-after-accept', 'hang-after-accept', 'malformed', 'half-outage'] as const
  ).map((kind): Wrong => ({ behaviour: many(kind), channel: 'one-lookup', end: 'completed', code: null, unconfirmed: 0 })),
  ...(['error-after-accept', 'reset-after-accept', 'hang-before-accept', 'malformed'] as const).map((kind): Wrong => ({
    behaviour: many(kind),
    channel: 'one-blind',
    end: 'completed',
    code: 'provider-unknown',
    unconfirmed: MANY,
  })),
  { behaviour: many('busy'), channel: 'one-blind', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: many('busy-retry-after'), channel: 'one-blind', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: many('busy-retry-odd'), channel: 'one-blind', end: 'completed', code: null, unconfirmed: 0 },
  { behaviour: { kind: 'wrong-key' }, channel: 'one-lookup', end: 'paused', code: 'provider-configuration', unconfirmed: 0 },
]

/** A provider that behaves badly: each way ends with a state and a text that are clear. */
export function providerScenarios(times: number): Scenario[] {
  return WRONGS.map((wrong): Scenario => {
    const name = `provider ${wrong.behaviour.kind} (${wrong.channel})`
    return { name, group: 'provider', times, play: (platform) => play(platform, name, wrong) }
  })
}

async function play(platform: Platform, scenario: string, wrong: Wrong): Promise<Round> {
  const { fake } = platform
  await fake.behave(wrong.behaviour)
  const round = await playRound(platform, {
    scenario,
    shape: 'plain',
    channel: wrong.channel,
    end: wrong.end,
    mayBeUnconfirmed: () => wrong.unconfirmed,
    strike: () => Promise.resolve({ struck: true, inFlight: 0, at: performance.now() }),
  })
  await fake.behave({ kind: 'none' })
  const violations = [...round.violations]
  const failed = wrong.failed ?? 0
  if (round.failed !== failed) violations.push(`${round.failed} failed, not ${failed}`)
  // 500 before or after accepting look the same from here: without look-up all of it is unconfirmed, not less.
  if (wrong.code === 'provider-unknown' && round.unconfirmed !== wrong.unconfirmed)
    violations.push(`${round.unconfirmed} unconfirmed, not ${wrong.unconfirmed}`)
  const said = round.reason === null ? round.codes : [round.reason]
  if (wrong.code !== null && !said.some((code) => code.startsWith(wrong.code ?? '')))
    violations.push(`${wrong.code} is said nowhere; said: ${said.join(', ')}`)
  return { ...round, violations }
}
