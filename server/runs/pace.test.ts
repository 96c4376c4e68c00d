import { expect, test } from 'vitest'
import { runStateNumber } from '#runtime/states/run-states.ts'
import type { LimitState } from '#server/limits/limit-state.ts'
import { paceOf } from './pace.ts'
import type { RunSums } from './sums.ts'

const row = { state: runStateNumber('sending'), cancel_requested: false, reason: null }
const waitsUntil = '2026-11-26T05:00:01.000Z'
const later = '2026-11-26T06:00:00.000Z'
const limit = (code: LimitState['code'], until: string | null): LimitState => ({ connectionId: 'c', code, message: code, until })

function causeOf(limited: LimitState | null) {
  const sums: RunSums = { chunks: [], reports: [], nodes: [], reads: [], waitsUntil }
  const facts = {
    sums,
    outcomes: { pending: 198 },
    rate: null,
    limit: limited,
    language: 'en' as const,
    now: new Date(waitsUntil),
  }
  const { cause, eta } = paceOf(row, facts)
  return { code: cause?.code, until: cause?.until, eta }
}

test('everything waits: for a retry where no limit holds it', () => {
  expect(causeOf(null)).toEqual({ code: 'waiting-for-retry', until: waitsUntil, eta: waitsUntil })
})

test('a rate for which the lane waits its turn is the cause, until the lane comes back', () => {
  expect(causeOf(limit('rate-limited', null))).toEqual({ code: 'rate-limited', until: waitsUntil, eta: waitsUntil })
})

test('a limit that says until when nothing goes out says it', () => {
  expect(causeOf(limit('asked-to-wait', later))).toEqual({ code: 'asked-to-wait', until: later, eta: later })
})

test('people wait at a step: so many, until the first goes on; the end is when the last does', () => {
  const wait = { nodeNo: 4, n: 1200, first: waitsUntil, last: later }
  const sums: RunSums = { chunks: [], reports: [], nodes: [], reads: [], waitsUntil, waits: [wait] }
  const facts = { sums, outcomes: {}, rate: null, limit: limit('rate-limited', null), language: 'ko' as const, now: new Date() }
  expect(paceOf(row, facts)).toEqual({
    rate: null,
    eta: later,
    cause: { code: 'waiting-at-step', message: '1,200명이 기다리기 단계에서 때를 기다려요.', until: waitsUntil },
  })
  expect(paceOf(row, { ...facts, limit: limit('asked-to-wait', later) }).cause?.code).toBe('asked-to-wait')
})
