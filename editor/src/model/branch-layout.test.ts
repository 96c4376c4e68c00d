import { expect, test } from 'vitest'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { tidyPositions } from './lines.ts'
import { COLUMN_WIDTH } from './placing.ts'

function workflow(lines: string): WorkflowDocument {
  const edges = lines.split(', ').map((line, at) => {
    const [source = '', sourcePort = '', target = ''] = line.split(/\.| > /)
    return { id: `e${at}`, source, sourcePort, target, targetPort: 'rows' }
  })
  const ids = new Set(edges.flatMap(({ source, target }) => [source, target]))
  const nodes = [...ids].map((id) => ({ id, type: 'x', typeVersion: 1, position: { x: 0, y: 0 }, config: {} }))
  return { schemaVersion: 1, name: 'x', nodes, edges }
}

const lanes = (document: WorkflowDocument): string[][] => {
  const places = Object.entries(tidyPositions(document))
  const tops = [...new Set(places.map(([, { y }]) => y))].toSorted((a, b) => a - b)
  return tops.map((top) =>
    places
      .filter(([, { y }]) => y === top)
      .toSorted(([, a], [, b]) => a.x - b.x)
      .map(([id, { x }]) => `${id}${x / COLUMN_WIDTH}`),
  )
}

test('each way out has a lane, and where they meet the uppermost goes on', () => {
  const document = workflow(
    'people.rows > split, split.a > textA, split.b > textB, textA.m > merge, textB.m > merge, merge.rows > send',
  )
  expect(lanes(document)).toEqual([['people0', 'split1', 'textA2', 'merge3', 'send4'], ['textB2']])
})

test('two lists stand below each other', () => {
  expect(lanes(workflow('start.start > one, start.start > two, one.rows > merge, two.rows > merge, merge.rows > send'))).toEqual([
    ['start0', 'one1', 'merge2', 'send3'],
    ['two1'],
  ])
})

test('ways within ways do not cover each other, and a tall card pushes the next lane down', () => {
  const document = workflow('a.x > b, b.p > c, b.q > d, b.r > e, c.p > f, c.q > g, d.x > h')
  expect(lanes(document)).toEqual([['a0', 'b1', 'c2', 'f3'], ['g3'], ['d2', 'h3'], ['e2']])
  const { c, g, d } = tidyPositions(document)
  expect((g?.y ?? 0) - (c?.y ?? 0)).toBeGreaterThan((d?.y ?? 0) - (g?.y ?? 0))
})
