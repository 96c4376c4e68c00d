import type { WorkflowDocument, WorkflowEdge } from '#schemas/workflow.ts'
import { nodeById, readPorts, usedPorts } from './graph-index.ts'
import { type NodeTypeIndex, typeOfNode } from './step-type.ts'

/** Pixels between the bends of neighbouring lines, and between those of the first and the last: the gap of two columns is 48. */
const STEP = 9
const ROOM = 28

/**
 * Where a line out of one of several ports bends, in pixels from the middle of the gap, for a line that goes down; one that goes up bends
 * as far to the other side. The higher port bends later downwards, so that lines of one card neither lie on each other nor cross.
 * Null: the only line out of its card.
 */
export function turnOf(
  { document, types }: { readonly document: WorkflowDocument; readonly types: NodeTypeIndex },
  { source, port }: { readonly source: WorkflowEdge['source']; readonly port: WorkflowEdge['sourcePort'] },
): number | null {
  const used = new Set(readPorts(usedPorts(document, source)).out)
  if (used.size < 2) return null
  const ports = Object.keys(typeOfNode(types, nodeById(document, source))?.ports.out ?? {}).filter((name) => used.has(name))
  const place = ports.indexOf(port)
  const gaps = ports.length - 1
  return place < 0 || gaps < 1 ? null : (gaps / 2 - place) * Math.min(STEP, ROOM / gaps)
}
