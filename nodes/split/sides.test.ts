import { expect, test } from 'vitest'
import { byCount, byKey, byTurns, type Side } from './sides.ts'

function counts(side: Side, people: number): number[] {
  const found: number[] = []
  for (let id = 0; id < people; id++) {
    const at = side({ id, phone: `010${String(id).padStart(8, '0')}` })
    found[at] = (found[at] ?? 0) + 1
  }
  return found
}

test('turns give exact shares, also of a few people', () => {
  expect(counts(byTurns([33.33, 33.33, 33.34]), 300)).toEqual([100, 100, 100])
  expect(counts(byTurns([90, 10]), 10)).toEqual([9, 1])
  expect(counts(byTurns([50, 50]), 3)).toEqual([2, 1])
  expect(counts(byTurns([100, 0]), 50)).toEqual([50])
})

test('a key gives about its shares, and everyone the same side again', () => {
  const [a = 0, b = 0] = counts(byKey([70, 30], { key: 'phone', salt: 's' }), 10_000)
  expect(a + b).toBe(10_000)
  expect(Math.abs(a - 7_000)).toBeLessThan(200)
  const [one, other] = [byKey([50, 50], { key: 'phone', salt: 's' }), byKey([50, 50], { key: 'phone', salt: 's' })]
  for (let id = 0; id < 100; id++) expect(one({ phone: id })).toBe(other({ phone: id }))
  expect(one({ phone: ' 010 ' })).toBe(one({ phone: '010' }))
})

test('two splits by the same column do not divide alike', () => {
  const first = byKey([50, 50], { key: 'phone', salt: 'first' })
  const rows = Array.from({ length: 2_000 }, (_, id) => ({ phone: `p${id}` })).filter((row) => first(row) === 0)
  const second = byKey([50, 50], { key: 'phone', salt: 'second' })
  const left = rows.filter((row) => second(row) === 0).length
  expect(Math.abs(left - rows.length / 2)).toBeLessThan(rows.length / 8)
})

test('counts are filled one after the other; the last part takes the rest', () => {
  expect(counts(byCount([2, 3, 0]), 10)).toEqual([2, 3, 5])
  expect(counts(byCount([5, 0]), 3)).toEqual([3])
})
