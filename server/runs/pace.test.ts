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
