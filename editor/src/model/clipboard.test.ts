import { expect, test } from 'vitest'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { apply } from './change.ts'
import { pasting, pieceText, readPiece, type Piece } from './clipboard.ts'

const node = (id: string, x: number, type = 'filter'): WorkflowNode => ({
  id,
  type,
  typeVersion: 1,
  position: { x, y: 0 },
  config: { conditions: [id] },
})
const document: WorkflowDocument = {
  schemaVersion: 1,
  name: '주간',
  nodes: [node('filter', 0), node('filter-2', 220), node('map', 440, 'mapping')],
  edges: [
    { id: 'e1', source: 'filter', sourcePort: 'matched', target: 'filter-2', targetPort: 'rows' },
    { id: 'e2', source: 'filter-2', sourcePort: 'matched', target: 'map', targetPort: 'rows' },
  ],
}
const piece = (text: string): Piece => {
  const read = readPiece(text)
  if (typeof read === 'string') throw new Error(read)
  return read
}

test('what is copied is pasted with the lines between it, under ids of its own, where nothing is covered; one step back takes it away', () => {
  const copied = piece(pieceText(document, ['filter', 'filter-2']))
  expect(copied.edges).toHaveLength(1)
  const { change, nodeIds } = pasting(document, copied, null)
  const { document: next, undo } = apply(document, change)
  expect(nodeIds).toEqual(['filter-3', 'filter-4'])
  const [first, second] = next.nodes.slice(3)
  expect([first?.position.x, second?.position.x]).toEqual([0, 220])
  expect(first?.position.y).toBeGreaterThanOrEqual(100)
  expect(second?.position.y).toBe(first?.position.y)
  expect(next.edges.at(-1)).toEqual({
    id: 'e3',
    source: 'filter-3',
    sourcePort: 'matched',
    target: 'filter-4',
    targetPort: 'rows',
  })
  expect(first?.config).toEqual(document.nodes[0]?.config)
  expect(apply(next, undo).document).toEqual(document)
  // Once more: below the first copy.
  const again = pasting(next, copied, null)
  expect(again.nodeIds).toEqual(['filter-5', 'filter-6'])
  expect(apply(next, again.change).document.nodes.at(-1)?.position.y).toBeGreaterThan(first?.position.y ?? 0)
})

test('it goes where the mouse is, into an empty canvas as well', () => {
  const empty: WorkflowDocument = { schemaVersion: 1, name: '새', nodes: [], edges: [] }
  const { change, nodeIds } = pasting(empty, piece(pieceText(document, ['filter-2', 'map'])), { x: 1_000, y: 500 })
  expect(nodeIds).toEqual(['filter', 'mapping'])
  expect(apply(empty, change).document.nodes.map(({ position }) => position)).toEqual([
    { x: 914, y: 500 },
    { x: 1_134, y: 500 },
  ])
})

test('a whole workflow file is pasted too; other texts are told apart from broken ones', () => {
  expect(piece(JSON.stringify(document)).nodes).toHaveLength(3)
  for (const text of ['', '안녕하세요', 'select "nodes"', '[1]', '{"a": 1}']) expect(readPiece(text)).toBe('foreign')
  const broken = [
    '{"nodes": ',
    '{"nodes": {}}',
    '{"nodes": []}',
    JSON.stringify({ nodes: [{ ...node('a', 0), position: { x: null, y: 1 } }] }),
    JSON.stringify({ nodes: [{ ...node('a', 0), config: 'x' }] }),
    JSON.stringify({ nodes: [node('a', 0)], edges: [{ source: 'a' }] }),
  ]
  for (const text of broken) expect(readPiece(text)).toBe('broken')
})
