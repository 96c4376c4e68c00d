import { expect, test } from 'vitest'
import type { RunFrame } from '#schemas/frames.ts'
import type { Run } from '#schemas/run.ts'
import { countsOf, isLate, isSingleSends, phaseOf, PHASES, progressOf, withFrame } from './run-facts.ts'

const run: Run = {
  id: 'r1',
  number: 128,
  workflowId: 'w1',
  workflowName: 'Weekly',
  version: 8,
  kind: 'live',
  trigger: 'manual',
  state: 'sending',
  reason: null,
  stopping: null,
  actions: [],
  warnings: [],
  startedAt: '2026-11-23T00:30:00Z',
  sendingEndedAt: null,
  closedAt: null,
  recipients: 5_000,
  toSend: 4_946,
  excluded: { 'opted-out': 54 },
  outcomes: { delivered: 2_489, sent: 331, errored: 12, failed: 2, skipped: 54 },
  nodes: {},
  rate: 50,
  cause: null,
  eta: null,
  expiresAt: '2026-11-24T00:30:00Z',
  cost: null,
  lawHolds: null,
  document: {},
  inner: {},
  summaries: {},
  repeats: null,
}
const frame: RunFrame = {
  type: 'run',
  runId: 'r1',
  version: 3,
  state: 'settling',
  reason: null,
  stopping: null,
  actions: [],
  warnings: [],
  recipients: 5_000,
  toSend: 4_946,
  excluded: {},
  nodes: {},
  outcomes: { sent: 4_946, skipped: 54 },
  rate: null,
  cause: null,
  eta: null,
  expiresAt: null,
  cost: null,
  series: [],
  recent: [],
  lawHolds: null,
}

test('what is over its time, or will be in a moment, is late', () => {
  const at = (text: string) => isLate(run, new Date(text).getTime())
  expect([at('2026-11-24T00:28:00Z'), at('2026-11-24T00:29:30Z'), at('2026-11-24T09:00:00Z')]).toEqual([false, true, true])
  expect(isLate({ expiresAt: null }, Date.now())).toBe(false)
})

test('everyone is counted: who has no state yet waits', () => {
  const counts = countsOf(run)
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(5_000)
  expect(counts.find(({ state }) => state === 'pending')?.count).toBe(5_000 - 2_888)
})

test('done and left add up to those who are sent to; a retry is not done', () => {
  expect(progressOf(run)).toEqual({ done: 2_822, left: 2_124, toSend: 4_946, reached: 2_489 })
})

test('nothing is negative while the audience is read', () => {
  expect(progressOf({ recipients: null, toSend: null, outcomes: {} })).toEqual({ done: 0, left: 0, toSend: null, reached: 0 })
})

test('a snapshot brings the run up to date and keeps what only the run knows', () => {
  const live = withFrame(run, frame)
  expect(live.state).toBe('settling')
  expect(live.outcomes).toEqual(frame.outcomes)
  expect(live.workflowName).toBe('Weekly')
  expect(live).not.toHaveProperty('series')
})

test('an old snapshot does not take back the end of a run, the last one stands', () => {
  const ended: Run = { ...run, state: 'completed', lawHolds: true }
  expect(withFrame(ended, frame)).toBe(ended)
  expect(withFrame(run, { ...frame, state: 'completed', lawHolds: true }).lawHolds).toBe(true)
  expect(withFrame(run, null)).toBe(run)
})

test('phases', () => {
  const phase = (state: string) => PHASES[phaseOf(state) ?? -1]
  expect([phase('preparing'), phase('paused'), phase('settling')]).toEqual(['prepare', 'send', 'settle'])
  expect(phaseOf('completed')).toBe(PHASES.length)
  expect(phaseOf('failed')).toBeNull()
})

test('single sends have no draft: only a run that a workflow started has', () => {
  expect(isSingleSends({ kind: 'open', version: 'draft' })).toBe(true)
  expect(isSingleSends({ kind: 'open', version: 3 })).toBe(false)
  expect(isSingleSends({ kind: 'live', version: 'draft' })).toBe(false)
})
