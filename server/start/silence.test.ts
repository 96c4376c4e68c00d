import { expect, test } from 'vitest'
import { isSilent, sleptBetween } from './silence.ts'

const rule = { pingMs: 1000, unanswered: 15, unansweredAtStart: 300, unansweredAtDeadline: 2, beforeDeadlineMs: 4_000 }
const silent = (unanswered: number, untilDeadlineMs: number | null = null, state: 'ok' | 'starting' = 'ok') =>
  isSilent({ state, unanswered, untilDeadlineMs }, rule)

test('who claims nothing has fifteen heartbeats, and minutes while it starts', () => {
  expect([silent(15), silent(16), silent(16, null, 'starting'), silent(301, null, 'starting')]).toEqual([
    false,
    true,
    false,
    true,
  ])
})

test('near the end of a claim three are enough, also where they are counted just after it', () => {
  expect([silent(3, 20_000), silent(2, 1_000), silent(3, 3_900), silent(3, -2_500)]).toEqual([false, false, true, true])
})

test('whose claims ended long ago slept with us, and has the usual time to say what it knows', () => {
  expect([silent(3, -60_000), silent(15, -60_000), silent(16, -60_000)]).toEqual([false, false, true])
})

test('who listens knows that he slept himself', () => {
  expect([sleptBetween(0, 1_000, rule), sleptBetween(0, 4_900, rule), sleptBetween(0, 60_000, rule)]).toEqual([
    false,
    false,
    true,
  ])
})
