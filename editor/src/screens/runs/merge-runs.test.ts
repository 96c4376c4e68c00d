import { expect, test } from 'vitest'
import type { RunItem } from '#schemas/run.ts'
import { mergeRuns } from './merge-runs.ts'

const run = (id: string, state: RunItem['state']): RunItem => ({
  id,
  number: 1,
  workflowId: 'w',
  workflowName: 'w',
  version: 1,
  kind: 'live',
  trigger: 'manual',
  state,
  reason: null,
  startedAt: '2026-11-23T00:00:00Z',
  sendingEndedAt: null,
  closedAt: null,
  recipients: 1,
  outcomes: {},
})

const data = {
  pages: [
    { items: [run('c', 'sending')], nextCursor: 'c' },
    { items: [run('b', 'sending'), run('a', 'completed')], nextCursor: null },
  ],
  pageParams: [null, 'c'],
}

test('a run changes in its place, on whichever page it is; other pages stay the same objects', () => {
  const merged = mergeRuns(data, [run('b', 'completed')])
  expect(merged.pages.flatMap(({ items }) => items.map(({ id, state }) => `${id} ${state}`))).toEqual([
    'c sending',
    'b completed',
    'a completed',
  ])
  expect(merged.pages[0]).toBe(data.pages[0])
  expect(data.pages[1]?.items[0]?.state).toBe('sending')
})

test('what is about other runs changes nothing', () => {
  expect(mergeRuns(data, [run('z', 'queued')])).toBe(data)
})
