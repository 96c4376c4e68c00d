import { expect, test } from 'vitest'
import type { NodeDescriptor } from '#schemas/node.ts'
import { connect } from './edits.ts'
import { splice } from './splice.ts'
import { chain, typeOf, types as plain } from './fixture.ts'
import { judgeConnection } from './ports.ts'
import { typeOfNode, typeOfStep } from './step-type.ts'

const keep = { kind: 'rows', keep: true } as const
const branch: NodeDescriptor = {
  ...typeOf('filter'),
  type: 'branch',
  ports: { in: { rows: keep }, out: { rest: keep, failed: { kind: 'rows' } }, outFrom: { list: 'cases', ...keep } },
  defaults: { cases: [{ id: 'a', name: 'VIP' }] },
}
const merge: NodeDescriptor = {
  ...typeOf('filter'),
  type: 'merge',
  ports: { in: { rows: { ...keep, many: true } }, out: { rows: keep } },
}
const types = new Map([...plain, ['branch', branch], ['merge', merge]])

function withStep(id: string, type: string, config = {}) {
  const document = chain()
  document.nodes.push({ id, type, typeVersion: 1, position: { x: 0, y: 300 }, config })
  return document
}

test('each item of the list is an output, before those of the type; what is no item is none', () => {
  const cases = [{ id: 'vip', name: 'VIP' }, { id: 'failed', name: 'x' }, { name: 'no id' }, null]
  const out = typeOfStep(withStep('part', 'branch', { cases }), types, 'part')?.ports.out
  expect(Object.keys(out ?? {})).toEqual(['vip', 'rest', 'failed'])
  expect(out?.vip?.title?.ko).toBe('VIP')
  const node = { id: 'p', type: 'branch', typeVersion: 1, position: { x: 0, y: 0 }, config: { cases } }
  expect(typeOfNode(types, node)).toBe(typeOfNode(types, { ...node }))
})

test('a step into a line of messages keeps them, and can stand before a channel', () => {
  const document = chain()
  const line = document.edges.find(({ target }) => target === 'send')
  const edit = splice({ document, types }, branch, { edgeId: line?.id ?? '' })
  expect(edit?.change).toMatchObject({
    changes: [
      {},
      {
        edges: [
          { item: { source: 'text', targetPort: 'rows' } },
          { item: { sourcePort: 'a', target: 'send', targetPort: 'messages' } },
        ],
      },
      {},
    ],
  })
})

test('an input for many takes another line beside the first; one without a text does not go with one that has it', () => {
  const document = withStep('meet', 'merge')
  document.edges.push({ id: 'm1', source: 'text', sourcePort: 'messages', target: 'meet', targetPort: 'rows' })
  expect(typeOfStep(document, types, 'meet')?.ports.out.rows?.kind).toBe('messages')
  const ends = { source: 'fill', sourcePort: 'rows', target: 'meet', targetPort: 'rows' }
  expect(judgeConnection(document, types, ends)).toMatchObject({ ok: false, reason: 'kinds' })
  const free = withStep('meet', 'merge')
  free.edges.push({ id: 'm1', source: 'audience', sourcePort: 'rows', target: 'meet', targetPort: 'rows' })
  expect(judgeConnection(free, types, ends)).toEqual({ ok: true, replaces: null })
  expect(connect({ document: free, types }, ends)?.change).toMatchObject({ kind: 'insert' })
})
