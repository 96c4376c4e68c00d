import { expect, test } from 'vitest'
import type { WorkflowEdge } from '#schemas/workflow.ts'
import { outlineOf } from './outline.ts'

const node = (id: string) => ({ id, type: 'filter', typeVersion: 1, position: { x: 0, y: 0 }, config: {} })
const line = (source: string, target: string, sourcePort = 'rows'): WorkflowEdge => ({
  id: `${source}-${target}`,
  source,
  sourcePort,
  target,
  targetPort: 'rows',
})
const listed = (nodes: string[], edges: WorkflowEdge[]) =>
  outlineOf({ nodes: nodes.map(node), edges }).map(({ id, level, place, of }) => `${'-'.repeat(level - 1)}${id} ${place}/${of}`)

test('a chain is a plain list in flow order, however the document lists it', () => {
  expect(listed(['c', 'a', 'b'], [line('b', 'c'), line('a', 'b')])).toEqual(['a 1/3', 'b 2/3', 'c 3/3'])
})

test('those who were not reached are a branch, told before the way goes on', () => {
  const edges = [line('send', 'after', 'sent'), line('send', 'again', 'undelivered'), line('again', 'third', 'undelivered')]
  expect(listed(['send', 'after', 'again', 'third'], edges)).toEqual(['send 1/2', '-again 1/1', '--third 1/1', 'after 2/2'])
})

test('several equal ways are all branches; where they meet again comes after the last of them', () => {
  const edges = [line('a', 'x'), line('a', 'y'), line('x', 'z'), line('y', 'z')]
  expect(listed(['a', 'x', 'y', 'z'], edges)).toEqual(['a 1/1', '-x 1/3', '-y 2/3', '-z 3/3'])
})

test('loose steps stand for themselves, a circle comes last', () => {
  expect(listed(['a', 'p', 'q'], [line('p', 'q'), line('q', 'p')])).toEqual(['a 1/3', 'p 2/3', 'q 3/3'])
})
