import { describe, expect, test } from 'vitest'
import { AppError, type Row } from '#runtime/sdk/index.ts'
import type { InColumn, Until } from './config.ts'
import { momentOf } from './moment.ts'

const SEOUL = 'Asia/Seoul'
const BERLIN = 'Europe/Berlin'

/** What becomes of a row, in short: the moment, the port, or the error's code. */
function of(until: Until, { row = {}, from, zone = SEOUL }: { row?: Row; from: string; zone?: string }): string {
  const answer = momentOf(until, { zone })(row, Date.parse(from))
  if (answer instanceof AppError) return answer.code
  return 'port' in answer ? answer.port : new Date(answer.until).toISOString()
}

const column = (part: Partial<InColumn> = {}): InColumn => ({
  kind: 'column',
  column: 'at',
  side: 'before',
  shift: 0,
  past: 'go',
  ...part,
})

test('for a while: minutes by the clock, whole days by the calendar, also where clocks are changed', () => {
  const wait = (minutes: number): Until => ({ kind: 'duration', minutes })
  expect(of(wait(30), { from: '2026-11-23T00:00:00Z' })).toBe('2026-11-23T00:30:00.000Z')
  expect(of(wait(4320), { from: '2026-11-23T00:00:10Z' })).toBe('2026-11-26T00:00:10.000Z')
  // 29 March 2026: an hour is skipped; 25 October: one comes twice. A day later it is nine o'clock all the same.
  expect(of(wait(1440), { from: '2026-03-28T08:00:00Z', zone: BERLIN })).toBe('2026-03-29T07:00:00.000Z')
  expect(of(wait(1440), { from: '2026-10-24T07:00:00Z', zone: BERLIN })).toBe('2026-10-25T08:00:00.000Z')
  expect(of(wait(720), { from: '2026-03-28T20:00:00Z', zone: BERLIN })).toBe('2026-03-29T08:00:00.000Z')
})

test('until a time of day: the next time the clocks of the zone show it', () => {
  const nine: Until = { kind: 'time', time: '09:00' }
  expect(of(nine, { from: '2026-11-22T23:59:59Z' })).toBe('2026-11-23T00:00:00.000Z')
  expect(of(nine, { from: '2026-11-23T00:00:00Z' })).toBe('2026-11-24T00:00:00.000Z')
  expect(of(nine, { from: '2026-03-28T09:00:00Z', zone: BERLIN })).toBe('2026-03-29T07:00:00.000Z')
  expect(of(nine, { from: '2026-10-24T09:00:00Z', zone: BERLIN })).toBe('2026-10-25T08:00:00.000Z')
  // Half past two does not exist on 29 March: the clocks go on at three.
  expect(of({ kind: 'time', time: '02:30' }, { from: '2026-03-28T20:00:00Z', zone: BERLIN })).toBe('2026-03-29T01:00:00.000Z')
  // On 25 October it comes twice, and whoever waits between the two waits for the next day.
  expect(of({ kind: 'time', time: '02:30' }, { from: '2026-10-24T20:00:00Z', zone: BERLIN })).toBe('2026-10-25T00:30:00.000Z')
  expect(of({ kind: 'time', time: '02:30' }, { from: '2026-10-25T00:40:00Z', zone: BERLIN })).toBe('2026-10-26T01:30:00.000Z')
})

describe('until what a column says', () => {
  const from = '2026-11-23T00:00:00Z'

  test.each([
    ['an instant', '2026-11-25T05:30:00Z', {}, '2026-11-25T05:30:00.000Z'],
    ['as PostgreSQL writes it', '2026-11-25 14:30:00+09', {}, '2026-11-25T05:30:00.000Z'],
    ['a time without a zone: the workflow’s', '2026-11-25 14:30:00', {}, '2026-11-25T05:30:00.000Z'],
    ['a day: nine in the morning', '2026-11-25', {}, '2026-11-25T00:00:00.000Z'],
    ['a day, at a time', '2026-11-25', { time: '18:30' }, '2026-11-25T09:30:00.000Z'],
    ['two hours before', '2026-11-25 14:30:00', { shift: 120 }, '2026-11-25T03:30:00.000Z'],
    ['the evening before', '2026-11-25 14:30:00', { shift: 1440, time: '18:00' }, '2026-11-24T09:00:00.000Z'],
    ['three days after', '2026-11-25', { side: 'after', shift: 4320 }, '2026-11-28T00:00:00.000Z'],
  ] as const)('%s', (_what, at, part, expected) => {
    expect(of(column(part), { row: { at }, from })).toBe(expected)
  })

  test('what is over goes on at once, or leaves apart', () => {
    expect(of(column(), { row: { at: '2026-11-22' }, from })).toBe('2026-11-23T00:00:00.000Z')
    expect(of(column({ past: 'leave' }), { row: { at: '2026-11-22' }, from })).toBe('past')
    expect(of(column({ past: 'leave', shift: 2880 }), { row: { at: '2026-11-24' }, from })).toBe('past')
  })

  test('nothing, nonsense and what is too far away are named, row by row', () => {
    expect(of(column(), { row: { at: null }, from })).toBe('wait-time-missing')
    expect(of(column(), { row: {}, from })).toBe('wait-time-missing')
    for (const at of ['다음 주', '2026-02-31', '2026-13-01 10:00', '25:00'])
      expect(of(column(), { row: { at }, from })).toBe('wait-time-unusable')
    expect(of(column({ longest: 1440 }), { row: { at: '2026-11-24' }, from })).toBe('2026-11-24T00:00:00.000Z')
    expect(of(column({ longest: 1440 }), { row: { at: '2026-11-25' }, from })).toBe('wait-too-long')
  })
})
