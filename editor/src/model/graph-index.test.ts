import { expect, test } from 'vitest'
import type { Problem } from '#schemas/problem.ts'
import { isWrongLine, nodeById, readPorts, usedPorts } from './graph-index.ts'

const node = (id: string) => ({ id, type: 'filter', typeVersion: 1, position: { x: 0, y: 0 }, config: {} })
const edges = [
  { id: 'e1', source: 'a', sourcePort: 'matched', target: 'b', targetPort: 'rows' },
  { id: 'e2', source: 'a', sourcePort: 'rest', target: 'c', targetPort: 'rows' },
]

test('finds a step by its id', () => {
  const document = { nodes: [node('a'), node('b')] }
  expect(nodeById(document, 'b')).toBe(document.nodes[1])
  expect(nodeById(document, 'x')).toBe(undefined)
})

test('tells the ports that lines use, as a value that stays the same in another list of the same lines', () => {
  expect(readPorts(usedPorts({ edges }, 'a'))).toEqual({ in: [], out: ['matched', 'rest'] })
  expect(readPorts(usedPorts({ edges }, 'b'))).toEqual({ in: ['rows'], out: [] })
  expect(readPorts(usedPorts({ edges }, 'alone'))).toEqual({ in: [], out: [] })
  expect(usedPorts({ edges: [...edges] }, 'a')).toBe(usedPorts({ edges }, 'a'))
})

test('a line is wrong when a problem names it, or when its target misses a column', () => {
  const problem = (more: Partial<Problem>): Problem => ({ code: 'x', severity: 'error', message: { en: '', ko: '' }, ...more })
  const [first, second] = edges
  if (first === undefined || second === undefined) throw new Error('two lines')
  expect(isWrongLine([problem({ edgeId: 'e1' })], first)).toBe(true)
  expect(isWrongLine([problem({ edgeId: 'e1' })], second)).toBe(false)
  expect(isWrongLine([problem({ nodeId: 'c', code: 'unknown-column' })], second)).toBe(true)
  expect(isWrongLine([problem({ nodeId: 'c' })], second)).toBe(false)
})
