import type { WorkflowDocument, WorkflowEdge } from '#schemas/workflow.ts'
import type { Change } from './change.ts'

/** Lines into a step, in the order in which what comes along them is read. */
export function linesInto({ edges }: Pick<WorkflowDocument, 'edges'>, nodeId: string): readonly WorkflowEdge[] {
  return edges.filter(({ target }) => target === nodeId)
}

/** The line before its neighbour into the same step, or behind it; null: there is none on that side. Nothing else changes its place. */
export function movingLine(document: Pick<WorkflowDocument, 'edges'>, edgeId: string, by: 1 | -1): Change | null {
  const { edges } = document
  const line = edges.find(({ id }) => id === edgeId)
  const lines = line === undefined ? [] : linesInto(document, line.target)
  const other = lines[lines.findIndex(({ id }) => id === edgeId) + by]
  if (line === undefined || other === undefined) return null
  const [at, otherAt] = [edges.indexOf(line), edges.indexOf(other)]
  return {
    kind: 'batch',
    changes: [
      { kind: 'remove', nodeIds: [], edgeIds: [line.id, other.id] },
      {
        kind: 'insert',
        nodes: [],
        edges: [
          { item: line, index: otherAt },
          { item: other, index: at },
        ],
      },
    ],
  }
}
