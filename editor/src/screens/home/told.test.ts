import { expect, test } from 'vitest'
import type { NoticeItem } from '#schemas/api/notices.ts'
import type { Attention } from './attention.ts'
import { withoutTold } from './told.ts'

const notice = (part: Partial<NoticeItem>): NoticeItem => ({
  id: 'n',
  kind: 'paused',
  code: 'run-paused',
  state: 'open',
  title: '',
  advice: '',
  reason: null,
  runId: null,
  workflowId: null,
  connectionId: null,
  link: null,
  count: 1,
  firstSeenAt: '',
  lastSeenAt: '',
  changedAt: '',
  ...part,
})
const paused: Attention = { kind: 'paused', key: 'k', name: 'A', runId: 'r1', number: 1, reason: null }
const missed: Attention = { kind: 'missed', key: 'm', name: 'A', workflowId: 'w1', count: 1, fireAt: '' }
const problems: Attention = { kind: 'problems', key: 'p', name: 'A', workflowId: 'w1', count: 1, version: 1 }

test('what a notice tells is not told again, also when it was dismissed; what ended or is another run stays', () => {
  const needs = [paused, missed, problems]
  expect(withoutTold(needs, [])).toEqual(needs)
  expect(withoutTold(needs, [notice({ runId: 'r1' }), notice({ kind: 'late', workflowId: 'w1' })])).toEqual([problems])
  expect(withoutTold([paused], [notice({ runId: 'r1', state: 'dismissed' })])).toEqual([])
  expect(
    withoutTold(
      [paused],
      [notice({ runId: 'r1', state: 'resolved' }), notice({ runId: 'r2' }), notice({ runId: 'r1', kind: 'failed' })],
    ),
  ).toEqual([paused])
})
