import { expect, test } from 'vitest'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { chain, types } from './fixture.ts'
import { sourcesFor, targetsFor } from './link-choices.ts'
import { judgeConnection } from './ports.ts'

/** The chain with a filter beside it that nothing leads to yet. */
function withFilter(): WorkflowDocument {
  const document = chain()
  const filter = { id: 'filter', type: 'filter', typeVersion: 1, position: { x: 0, y: 200 }, config: {} }
  return { ...document, nodes: [...document.nodes, filter] }
}

test('what is offered is what may be joined, and nothing else', () => {
  const document = withFilter()
  const outputs = document.nodes.flatMap(({ id, type }) =>
    Object.keys(types.get(type)?.ports.out ?? {}).map((port) => ({ nodeId: id, port })),
  )
  for (const from of outputs) {
    const offered = targetsFor({ document, types }, from).map(({ nodeId, port }) => `${nodeId}/${port}`)
    const allowed = document.nodes.flatMap(({ id, type }) =>
      Object.keys(types.get(type)?.ports.in ?? {})
        .filter(
          (port) =>
            judgeConnection(document, types, { source: from.nodeId, sourcePort: from.port, target: id, targetPort: port }).ok,
        )
        .map((port) => `${id}/${port}`),
    )
    expect({ from, offered }).toEqual({ from, offered: allowed })
  }
})

test('a step may come after any output that fits, but not after one that comes after it', () => {
  const document = withFilter()
  const offered = sourcesFor({ document, types }, { nodeId: 'fill', port: 'rows' }).map(({ nodeId, port }) => `${nodeId}/${port}`)
  expect(offered).toEqual(['audience/rows', 'filter/matched', 'filter/rest'])
  expect(sourcesFor({ document, types }, { nodeId: 'fill', port: 'no-such-port' })).toEqual([])
})
