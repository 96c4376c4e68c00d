import { expect, test } from 'vitest'
import { decide, type Due } from './decide.ts'

const at = (text: string) => new Date(`2026-11-${text}:00Z`)
const nine = at('23T09:00')

function decided(change: Partial<Due>) {
  const due: Due = {
    times: [nine],
    now: nine,
    missed: { policy: 'ask', hours: null },
    overlap: 'wait',
    going: false,
    heldUntil: null,
    ...change,
  }
  const { start, hold, passed } = decide(due)
  return { start, hold, passed: passed.map(({ fireAt, why, asks }) => [fireAt, why, asks]) }
}

test('on time, and up to ten minutes late, it starts', () => {
  expect(decided({ now: at('23T09:10') })).toEqual({ start: nine, hold: null, passed: [] })
})

test('later than that it asks, is left out, or starts within the hours that were set', () => {
  const now = at('23T11:00')
  expect(decided({ now })).toEqual({ start: null, hold: null, passed: [[nine, 'late', true]] })
  expect(decided({ now, missed: { policy: 'skip', hours: null } }).passed).toEqual([[nine, 'late', false]])
  expect(decided({ now, missed: { policy: 'within', hours: 2 } }).start).toEqual(nine)
  // Beyond the hours a person is asked.
  expect(decided({ now, missed: { policy: 'within', hours: 1 } }).passed).toEqual([[nine, 'late', true]])
})

test('of several times that passed only the newest may start', () => {
  const times: Due['times'] = [at('22T09:00'), nine]
  expect(decided({ times, now: at('23T09:05') })).toEqual({ start: nine, hold: null, passed: [[at('22T09:00'), 'newer', false]] })
  expect(decided({ times, now: at('23T12:00') }).passed).toEqual([
    [at('22T09:00'), 'late', true],
    [nine, 'late', true],
  ])
})

test('while the run before still sends it waits, is left out, or starts, as was set', () => {
  expect(decided({ going: true })).toEqual({ start: null, hold: nine, passed: [] })
  expect(decided({ going: true, overlap: 'skip' })).toEqual({ start: null, hold: null, passed: [[nine, 'running', false]] })
  expect(decided({ going: true, overlap: 'start' })).toEqual({ start: nine, hold: null, passed: [] })
})

test('what waited starts however late the run before ends; for longer than it may wait, a person is asked', () => {
  const heldUntil = at('24T09:00')
  expect(decided({ heldUntil, now: at('23T15:00') }).start).toEqual(nine)
  expect(decided({ heldUntil, now: at('23T15:00'), going: true }).hold).toEqual(nine)
  expect(decided({ heldUntil, now: heldUntil, going: true })).toEqual({
    start: null,
    hold: null,
    passed: [[nine, 'running', true]],
  })
  expect(decided({ heldUntil, now: heldUntil, going: true, missed: { policy: 'skip', hours: null } }).passed).toEqual([
    [nine, 'running', false],
  ])
})

test('the next time takes the place of the one that waits: one waits at the most', () => {
  const next = at('23T10:00')
  expect(decided({ times: [nine, next], heldUntil: next, now: next, going: true })).toEqual({
    start: null,
    hold: next,
    passed: [[nine, 'running', false]],
  })
})
