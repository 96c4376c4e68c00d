import { expect, test } from 'vitest'
import type { Plan } from '#runtime/compile/plan.ts'
import { WAITED_UNTIL } from '#runtime/flow/waits.ts'
import { OnwardChunks } from './onward-chunks.ts'

const start = Date.parse('2026-11-23T00:00:00Z')
const WAIT = 7_200_000
const plan = { stages: [], nodes: {} } as unknown as Plan
const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({ id: from + at, [WAITED_UNTIL]: new Date(start + WAIT).toISOString() }))
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, at) => from + at + 1)

test('a chunk that was full long before the others are stored goes on at the same moment as they do', () => {
  let now = start
  const onward = new OnwardChunks(plan, () => now)
  const to = { stage: 4, waits: true, kind: 0 }
  onward.add(to, rows(1_000), numbers(1_000))
  now += 50_000
  onward.add(to, rows(5, 1_000), numbers(5, 1_000))
  expect(onward.finish().map((chunk) => [chunk.rows.seqs.length, chunk.readyInMs])).toEqual([
    [1_000, WAIT - 50_000],
    [5, WAIT - 50_000],
  ])
})

test('what a person wished to be sent again stays apart from what came for the first time', () => {
  const onward = new OnwardChunks(plan, () => start)
  onward.add({ stage: 4, waits: false, kind: 0 }, rows(2), numbers(2))
  onward.add({ stage: 4, waits: false, kind: 3 }, rows(2, 2), numbers(2, 2))
  expect(onward.finish().map((chunk) => [chunk.rows.seqs, chunk.kind, chunk.readyInMs])).toEqual([
    [[1, 2], 0, 0],
    [[3, 4], 3, 0],
  ])
})
