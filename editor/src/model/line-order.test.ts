import { expect, test } from 'vitest'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import { apply } from './change.ts'
import { linesInto, movingLine } from './line-order.ts'

const line = (id: string, source: string, target: string) => ({ id, source, sourcePort: 'rows', target, targetPort: 'rows' })
const document: WorkflowDocument = {
  schemaVersion: 1,
  name: '합치기',
  nodes: [],
  edges: [
    line('1', 'a', 'merge'),
    line('2', 'x', 'y'),
    line('3', 'b', 'merge'),
    line('4', 'c', 'merge'),
    line('5', 'merge', 'x'),
  ],
}
const order = ({ edges }: WorkflowDocument) => edges.map(({ id }) => id).join('')

test('a line changes places with its neighbour into the same step, past lines of others; the rest stays where it is', () => {
  const moved = (id: string, by: 1 | -1) => {
    const change = movingLine(document, id, by)
    return change && apply(document, change)
  }
  expect(
    moved('3', -1)
      ?.document.edges.map(({ id }) => id)
      .join(''),
  ).toBe('32145')
  expect(
    moved('1', 1)
      ?.document.edges.map(({ id }) => id)
      .join(''),
  ).toBe('32145')
  expect(
    moved('3', 1)
      ?.document.edges.map(({ id }) => id)
      .join(''),
  ).toBe('12435')
  expect(linesInto(moved('3', -1)?.document ?? document, 'merge').map(({ source }) => source)).toEqual(['b', 'a', 'c'])
  const there = moved('3', -1)
  expect(there && order(apply(there.document, there.undo).document)).toBe('12345')
})

test('the first has nothing before it, the last nothing behind it', () => {
  expect([
    movingLine(document, '1', -1),
    movingLine(document, '4', 1),
    movingLine(document, '2', 1),
    movingLine(document, 'gone', 1),
  ]).toEqual([null, null, null, null])
})
