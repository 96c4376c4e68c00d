import { expect, test } from 'vitest'
import { checkedAnswer } from './checked.ts'

const now = Date.parse('2026-11-26T03:00:00.000Z')
const good = {
  key: 'm1-2-3-1',
  providerId: null,
  state: 'delivered',
  code: null,
  detail: null,
  class: null,
  at: '2026-11-26T02:59:00.000Z',
}
const of = (...reports: unknown[]) => checkedAnswer({ reports, cursor: null, done: true }, now)

test('a report as it should be stays as it is', () => {
  expect(of(good)).toEqual({ reports: [good], cursor: null, done: true, unreadable: 0 })
})

test.each([
  null,
  undefined,
  '',
  'yesterday',
  '0000-00-00 00:00:00',
  1_764_000_000,
  '-000001-01-01T00:00:00Z',
  '+200000-01-01T00:00:00Z',
])('the time %j is none: it was reported now', (at) => {
  expect(of({ ...good, at }).reports[0]?.at).toBe('2026-11-26T03:00:00.000Z')
})

test('what says nothing of a message is skipped, and the rest is kept', () => {
  const bad = [
    null,
    'x',
    7,
    [],
    { ...good, key: null },
    { ...good, key: '' },
    { ...good, state: 'read' },
    { ...good, state: undefined },
  ]
  expect(of(...bad, good)).toMatchObject({ reports: [good], unreadable: bad.length })
})

test('codes come as numbers, texts with NUL, classes that nobody knows', () => {
  const { reports } = of({ ...good, state: 'failed', code: 3104, detail: 'a\0b', class: 'strange', providerId: 12 })
  expect(reports[0]).toMatchObject({ code: '3104', detail: 'ab', class: null, providerId: '12' })
})

test.each([null, undefined, 'ok', {}, { reports: {} }, { reports: 'none', cursor: {}, done: 'yes' }])(
  'the answer %j holds no reports, and is not the end',
  (answer) => {
    expect(checkedAnswer(answer, now)).toEqual({ reports: [], cursor: null, done: false, unreadable: 1 })
  },
)
