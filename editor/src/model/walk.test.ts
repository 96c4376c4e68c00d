import { expect, test } from 'vitest'
import { stepAlong, type Way } from './walk.ts'

const node = (id: string, x: number, y: number) => ({ id, type: 'filter', typeVersion: 1, position: { x, y }, config: {} })
const edge = (source: string, target: string) => ({
  id: `${source}${target}`,
  source,
  sourcePort: 'rows',
  target,
  targetPort: 'rows',
})

// a ─ b ┬ c ┬ e
//       └ d ┘
const nodes = [node('a', 0, 0), node('b', 1, 0), node('d', 2, 9), node('c', 2, 0), node('e', 3, 0)]
const edges = [edge('a', 'b'), edge('b', 'c'), edge('b', 'd'), edge('c', 'e'), edge('d', 'e')]
const at = (from: string, way: Way) => stepAlong({ nodes, edges }, from, way)

test('along the lines, to the ends', () => {
  expect([at('a', 'onward'), at('b', 'onward'), at('e', 'onward')]).toEqual(['b', 'c', null])
  expect([at('b', 'back'), at('a', 'back')]).toEqual(['a', null])
})

test('up and down go from branch to branch, and end at the last one', () => {
  expect([at('c', 'next'), at('d', 'next'), at('d', 'previous'), at('c', 'previous')]).toEqual(['d', null, 'c', null])
})

test('in a plain chain every arrow leads along it', () => {
  expect([at('a', 'next'), at('b', 'previous')]).toEqual(['b', 'a'])
})

test('every step can be reached from the first one', () => {
  const reached = new Set(['a'])
  for (const from of reached)
    for (const way of ['onward', 'next', 'back', 'previous'] as const) reached.add(at(from, way) ?? from)
  expect([...reached].toSorted()).toEqual(['a', 'b', 'c', 'd', 'e'])
})
