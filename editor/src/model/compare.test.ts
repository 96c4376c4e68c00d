import { expect, test } from 'vitest'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { changesIn, compareDocuments } from './compare.ts'

const node = (id: string, config: Record<string, unknown> = {}, part: object = {}) => ({
  id,
  type: 'template',
  typeVersion: 1,
  position: { x: 0, y: 0 },
  config,
  ...part,
})
const edge = (source: string, target: string, id = `${source}-${target}`) => ({
  id,
  source,
  sourcePort: 'rows',
  target,
  targetPort: 'rows',
})
const document = (part: Partial<WorkflowDocument> = {}): WorkflowDocument => ({
  schemaVersion: 1,
  name: '주간 안내',
  nodes: [node('a'), node('b', { body: '안녕' })],
  edges: [edge('a', 'b')],
  ...part,
})

test('the same document has no changes, whatever the order of its keys and the ids of its lines', () => {
  const one = document({ nodes: [node('a', { x: 1, y: [1, { z: 2 }] })], edges: [edge('a', 'a', 'e1')] })
  const other = document({ nodes: [node('a', { y: [1, { z: 2 }], x: 1 })], edges: [edge('a', 'a', 'e9')] })
  expect(compareDocuments(one, other)).toEqual({ nodes: [], edges: [], marks: [], about: [], moved: 0 })
})

test('added, removed and changed steps; a changed value is found where it lies', () => {
  const before = document({ nodes: [node('a'), node('b', { body: '안녕', map: { 이름: { column: 'name' } } })] })
  const after = document({
    nodes: [node('b', { body: '반가워요', map: { 이름: { column: 'nick' } }, more: true }, { label: '인사' }), node('c')],
    edges: [edge('b', 'c')],
  })
  const found = compareDocuments(before, after)
  expect(found.nodes.map(({ kind, node: { id } }) => `${kind} ${id}`)).toEqual(['changed b', 'added c', 'removed a'])
  expect(found.nodes[0]?.fields).toEqual([
    { path: ['label'], before: undefined, after: '인사' },
    { path: ['body'], before: '안녕', after: '반가워요' },
    { path: ['map', '이름', 'column'], before: 'name', after: 'nick' },
    { path: ['more'], before: undefined, after: true },
  ])
  expect(found.edges.map(({ kind, edge: { id } }) => `${kind} ${id}`)).toEqual(['added b-c', 'removed a-b'])
  expect(changesIn(found)).toBe(8)
})

test('lists are compared as a whole, and a moved step is no change of what is sent', () => {
  const before = document({ nodes: [node('a', { rows: [{ x: 1 }, { x: 2 }] })] })
  const moved = document({ nodes: [node('a', { rows: [{ x: 1 }, { x: 2 }] }, { position: { x: 9, y: 0 } })] })
  expect(compareDocuments(before, moved)).toMatchObject({ nodes: [], moved: 1 })
  const turned = document({ nodes: [node('a', { rows: [{ x: 2 }, { x: 1 }] })] })
  expect(compareDocuments(before, turned).nodes[0]?.fields.map(({ path }) => path)).toEqual([['rows']])
})

test('name and settings of the workflow are changes of their own', () => {
  const after = document({ name: '월간 안내', settings: { timezone: 'Asia/Seoul', guards: { maxRecipients: 10 } } })
  expect(compareDocuments(document(), document({ settings: {} })).about).toHaveLength(1)
  expect(compareDocuments(document(), after).about).toEqual([
    { path: ['name'], before: '주간 안내', after: '월간 안내' },
    { path: ['settings', 'timezone'], before: undefined, after: 'Asia/Seoul' },
    { path: ['settings', 'guards', 'maxRecipients'], before: undefined, after: 10 },
  ])
})
