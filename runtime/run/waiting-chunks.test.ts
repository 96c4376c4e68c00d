import { expect, test } from 'vitest'
import type { Plan } from '#runtime/compile/plan.ts'
import { WAITED_UNTIL } from '#runtime/flow/waits.ts'
import type { Row } from '#runtime/sdk/index.ts'
import { WaitingChunks, waitStep } from './waiting-chunks.ts'

const now = Date.parse('2026-11-23T00:00:00Z')
const HOUR = 3_600_000
const rows = (...afterMs: number[]): Row[] => afterMs.map((ms, id) => ({ id, [WAITED_UNTIL]: new Date(now + ms).toISOString() }))
const pack = (given: readonly Row[], step = 60_000) => {
  const packed = new WaitingChunks(() => now, step)
  const seqs = given.map((_, place) => place + 1)
  return [...packed.add(given, seqs), ...packed.rest()].map(({ rows: { seqs: some }, readyAt }) => [some, readyAt - now])
}

test('rows that go on at one moment share a chunk; nobody goes on before the time, nor more than a minute after', () => {
  expect(pack(rows(HOUR, HOUR + 1, 24 * HOUR, HOUR - 1000))).toEqual([
    [[1, 4], HOUR],
    [[2], HOUR + 60_000],
    [[3], 24 * HOUR],
  ])
})

test('a short wait is kept to the second; what is over goes on at once', () => {
  expect(pack(rows(2_500, 3_000, 0, -HOUR))).toEqual([
    [[1, 2], 3_000],
    [[3, 4], 0],
  ])
})

test('full chunks come while rows are added', () => {
  const packed = new WaitingChunks(() => now, 60_000)
  const many = rows(...Array.from({ length: 1500 }, () => HOUR))
  const full = packed.add(
    many,
    many.map((_, place) => place + 1),
  )
  expect(full.map((one) => one.rows.seqs.length)).toEqual([1000])
  expect(packed.rest().map((one) => one.rows.seqs.length)).toEqual([500])
})

test('where a message may be sent for a minute only, nobody goes on when most of it is over', () => {
  const plan = (...minutes: number[]) =>
    ({
      nodes: Object.fromEntries(minutes.map((one) => [`n${one}`, { type: { channel: { expiresAfter: () => one } } }])),
      stages: minutes.map((one) => ({ kind: 'send', channel: `n${one}` })),
    }) as unknown as Plan
  expect([waitStep(plan(1440)), waitStep(plan(1440, 1)), waitStep(plan())]).toEqual([60_000, 6_000, 60_000])
  expect(pack(rows(24 * HOUR + 1), waitStep(plan(1)))).toEqual([[[1], 24 * HOUR + 6_000]])
})
