import { expect, test } from 'vitest'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { judgeShare, type JudgedRun } from './share.ts'

const run = (part: Partial<JudgedRun> = {}): JudgedRun => ({
  id: 'r',
  workspace_id: 'w',
  workflow_id: 'f',
  workflow: '주간 리포트',
  number: 7,
  kind: 0,
  state: runStateNumber('completed'),
  total: 1000,
  chosen_out: 0,
  tried_sent: 0,
  tried_failed: 0,
  ...part,
})
const judge = (row: JudgedRun, good: number, failed: number) =>
  judgeShare(row, { counts: { good, failed }, window: null, percent: 5 })
const sending = { state: runStateNumber('sending') }

test('a run that is over: above the limit, at it, and too few to say anything', () => {
  expect(judge(run(), 940, 60)).toMatchObject({
    code: 'failure-rate',
    mark: 7,
    fields: { percent: 6, failed: 60, tried: 1000, limit: 5 },
  })
  expect(judge(run(), 95, 5)).toEqual({ workspaceId: 'w', kind: 'failure-rate', subject: 'workflow:f', upTo: 7 })
  expect(judge(run(), 0, 19)).toBeNull()
})

test('a run that goes on: only by what its end cannot mend; those who could not be sent to at all raise no alarm', () => {
  expect(judge(run(sending), 0, 50)).not.toMatchObject({ code: 'failure-rate' })
  expect(judge(run(sending), 0, 51)).toMatchObject({ code: 'failure-rate', fields: { tried: 1000, failed: 51 } })
  expect(judge(run({ ...sending, total: null }), 0, 500)).toBeNull()
})

test('a run of which half is refused is told long before', () => {
  const large = { ...sending, total: 1_000_000 }
  expect(judge(run({ ...large, tried_sent: 99, tried_failed: 100 }), 99, 100)).toBeNull()
  expect(judge(run({ ...large, tried_sent: 100, tried_failed: 100 }), 100, 100)).toMatchObject({
    fields: { percent: 50, tried: 200 },
  })
  expect(judge(run({ ...large, tried_sent: 120, tried_failed: 100 }), 120, 100)).toBeNull()
})

test('a run that never ends: by what came since its window began, told anew in another one', () => {
  const window = { at: '2026-11-26T08:00:00.000Z', good: 10_000, failed: 0 }
  const judged = judgeShare(run({ ...sending, kind: 2 }), { counts: { good: 10_018, failed: 2 }, window, percent: 5 })
  expect(judged).toMatchObject({
    subject: 'open:f',
    mark: Date.parse(window.at) / 1000,
    fields: { percent: 10, failed: 2, tried: 20 },
  })
})
