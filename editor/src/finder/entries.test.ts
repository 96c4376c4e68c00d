import { IconPlus } from '@tabler/icons-react'
import { expect, test } from 'vitest'
import type { Found } from '#schemas/api/find.ts'
import { actions, foundGroups, namedEntries } from './entries.ts'

const names = {
  run: (name: string, number: number) => `${name} #${number}`,
  all: (of: string) => `${of} all`,
  channel: () => 'LMS',
}
const none = { workflows: false, lists: false, connections: false, runs: false, messages: false }
const nothing: Found = { workflows: [], lists: [], connections: [], runs: [], messages: [], more: none }

test('screens and actions are found by their names, all of them without a text', () => {
  const named = [
    { key: 'runs', icon: IconPlus, title: '실행', way: { kind: 'new-workflow' } as const },
    ...actions({ workflow: '새 워크플로', steps: '차례대로 만들기', list: '엑셀에서 붙여넣기', connection: '새 연결' }),
  ]
  expect(namedEntries(named, '').map(({ key, match }) => [key, match])).toEqual([
    ['runs', null],
    ['new-workflow', null],
    ['steps', null],
    ['paste-list', null],
    ['new-connection', null],
  ])
  expect(namedEntries(named, 'ㅅㅇ').map(({ key, match }) => [key, match])).toEqual([
    ['new-workflow', [0, 3]],
    ['paste-list', [1, 3]],
    ['new-connection', [0, 3]],
  ])
  expect(namedEntries(named, '없는 것')).toEqual([])
})

test('the address leads to all that is known of the person, a message to its run', () => {
  const message = { id: 'm1', runId: 'r1', runNumber: 7, workflowName: '주간', channel: 'lms', state: 'failed', at: null }
  const found: Found = {
    ...nothing,
    messages: [{ ...message, state: 'failed', person: { name: '김*', address: '010-****-0007' } }],
  }
  const [messages] = foundGroups(found, { text: ' 010-2000-0007 ', names })
  expect(messages?.entries.map(({ title, detail, way }) => ({ title, detail, way }))).toEqual([
    {
      title: '010-2000-0007 all',
      detail: {},
      way: { kind: 'link', link: { to: '/people', search: { address: '01020000007' } } },
    },
    {
      title: '김*',
      detail: { text: '주간 #7 · LMS', at: null, messageState: 'failed' },
      way: { kind: 'link', link: { to: '/runs/$id', params: { id: 'r1' }, search: { view: 'people', message: 'm1' } } },
    },
  ])
  expect(foundGroups(nothing, { text: '010-2000-0007', names }).flatMap(({ entries }) => entries)).toEqual([])
})

test('names, runs and whether there is more', () => {
  const found: Found = {
    ...nothing,
    workflows: [{ id: 'w', name: '주간 리뷰', match: [0, 2] }],
    runs: [{ id: 'r', number: 3, workflowName: '주간 리뷰', state: 'paused', startedAt: '2026-11-26T00:00:00Z' }],
    more: { ...none, workflows: true },
  }
  const groups = foundGroups(found, { text: '주간 3', names }).filter(({ entries }) => entries.length > 0)
  expect(groups.map(({ key, more, entries }) => [key, more, entries[0]?.title, entries[0]?.match])).toEqual([
    ['workflows', true, '주간 리뷰', [0, 2]],
    ['runs', false, '주간 리뷰 #3', null],
  ])
})
