import { expect, test } from 'vitest'
import type { Plan } from '#runtime/compile/plan.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { expiresAtOf } from './expires-at.ts'

const plan = {
  nodes: { send: { config: {}, type: { channel: { expiresAfter: () => 60 } } } },
  stages: [{ kind: 'send', channel: 'send', no: 2, waited: 'none', outlets: [] }],
} as unknown as Plan
const row = (kind: number, state: 'paused' | 'sending' | 'completed', timed_from: string | null = null) => ({
  run_no: '1',
  kind,
  state: runStateNumber(state),
  started_at: '2026-11-26T00:00:00Z',
  timed_from,
})
const open = (at: string | null, nodeNo = 2) => [{ node_no: nodeNo, at, straight: at === null }]
const of = (rows: ReturnType<typeof open>, run: ReturnType<typeof row>, of = plan) =>
  expiresAtOf({ query: async () => ({ rows }) } as never, run, of)

test('an ordinary run counts from its start, or from a person’s word; over, or with nothing left, nothing can be late', async () => {
  expect(await of(open(null), row(0, 'paused'))).toBe('2026-11-26T01:00:00.000Z')
  expect(await of(open(null), row(0, 'sending', '2026-11-27T00:00:00Z'))).toBe('2026-11-27T01:00:00.000Z')
  expect(await of([], row(0, 'paused'))).toBeNull()
  expect(await of(open(null), row(0, 'completed'))).toBeNull()
})

test('a run of events counts from the events that wait longest; where nothing says when they came, nothing can be late', async () => {
  expect(await of(open('2026-11-28T00:00:00Z'), row(2, 'paused'))).toBe('2026-11-28T01:00:00.000Z')
  expect(await of(open(null), row(2, 'paused'))).toBeNull()
  expect(await of(open('2026-11-28T00:00:00Z'), row(2, 'sending'))).toBeNull()
})

test('after a wait it counts from when the wait was over, and while it goes on nothing is late', async () => {
  const waited = { ...plan, stages: [{ ...plan.stages[0], waited: 'all' }] } as unknown as Plan
  expect(await of(open('2026-11-30T00:00:00Z'), row(0, 'paused'), waited)).toBe('2026-11-30T01:00:00.000Z')
  expect(await of(open(null, 1), row(0, 'paused'), waited)).toBeNull()
  expect(await of([], row(0, 'sending'), waited)).toBeNull()
})

test('where everything was sent and people wait for the next message, the first one is not late', async () => {
  const first = { ...plan.stages[0], outlets: [{ from: 'send', fromPort: 'sent', stage: 3 }] }
  const next = { ...plan.stages[0], no: 3, waited: 'all' }
  const both = { ...plan, stages: [first, next] } as unknown as Plan
  expect(await of(open('2026-11-30T00:00:00Z', 3), row(0, 'paused'), both)).toBe('2026-11-30T01:00:00.000Z')
  expect(await of(open(null), row(0, 'paused'), both)).toBe('2026-11-26T01:00:00.000Z')
})

test('where those who waited meet those who came straight, the latter count from the start', async () => {
  const met = { ...plan, stages: [{ ...plan.stages[0], waited: 'some' }] } as unknown as Plan
  expect(await of(open('2026-11-30T00:00:00Z'), row(0, 'paused'), met)).toBe('2026-11-30T01:00:00.000Z')
  expect(await of(open(null), row(0, 'paused'), met)).toBe('2026-11-26T01:00:00.000Z')
})
