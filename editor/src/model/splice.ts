import type { NodeDescriptor } from '#schemas/node.ts'
import type { WorkflowDocument, WorkflowEdge } from '#schemas/workflow.ts'
import { type Change, insertion, type Position } from './change.ts'
import { type Context, type Edit, endsOf, newNode } from './ends.ts'
import { newEdgeId } from './ids.ts'
import { freePlace } from './placing.ts'
import { typeOfNode, typeOfStep, withKind } from './step-type.ts'

/** Puts a new step into a line: what came from the source goes through it. Null if it does not fit on either side. */
export function splice(
  context: Context,
  type: NodeDescriptor,
  { edgeId, position }: { edgeId: string; position?: Position },
): Edit | null {
  const { document } = context
  const edge = document.edges.find(({ id }) => id === edgeId)
  const place = edge === undefined ? null : placeIn(document, edge, position)
  if (edge === undefined || place === null) return null
  const node = newNode(document, type, place.position)
  const lines = through(context, typeOfNode(context.types, node) ?? type, { edge, nodeId: node.id })
  if (lines === null) return null
  const [removed, added] = lines
  const changes: Change[] = [removed, { kind: 'insert', nodes: [{ item: node }], edges: added.map((item) => ({ item })) }]
  if (place.shift !== null) changes.push({ kind: 'move', positions: place.shift })
  return { change: { kind: 'batch', changes }, nodeId: node.id }
}

/**
 * Puts a step that stands alone into the line that it was dropped on. Null: it has lines of its own, or does not fit on either side.
 */
export function spliceStep(context: Context, nodeId: string, edgeId: string): Change | null {
  const { document, types } = context
  const node = document.nodes.find(({ id }) => id === nodeId)
  const type = typeOfNode(types, node)
  const edge = document.edges.find(({ id }) => id === edgeId)
  const alone = !document.edges.some(({ source, target }) => source === nodeId || target === nodeId)
  if (node === undefined || type === undefined || edge === undefined || !alone) return null
  const others = { ...document, nodes: document.nodes.filter(({ id }) => id !== nodeId) }
  const place = placeIn(others, edge, node.position)
  const lines = through(context, type, { edge, nodeId })
  if (lines === null || place === null) return null
  const [removed, added] = lines
  const positions = { ...place.shift, [nodeId]: place.position }
  return { kind: 'batch', changes: [removed, insertion([], added), { kind: 'move', positions }] }
}

/** The line taken away, and the two that lead through the step instead. */
function through(
  context: Context,
  type: NodeDescriptor,
  { edge, nodeId }: { edge: WorkflowEdge; nodeId: string },
): [Change, WorkflowEdge[]] | null {
  // A step that keeps the kind of its rows goes on with what comes in here.
  const comes = typeOfStep(context.document, context.types, edge.source)?.ports.out[edge.sourcePort]?.kind
  const own = withKind(type, comes ?? 'rows')
  const into = endsOf(context, own, { open: { nodeId: edge.source, port: edge.sourcePort, side: 'out' }, nodeId })
  const onward = endsOf(context, own, { open: { nodeId: edge.target, port: edge.targetPort, side: 'in' }, nodeId })
  if (into === null || onward === null) return null
  const first = newEdgeId(context.document)
  return [
    { kind: 'remove', nodeIds: [], edgeIds: [edge.id] },
    [
      { id: first, ...into },
      { id: newEdgeId(context.document, [first]), ...onward },
    ],
  ]
}

/** Where a step in this line stands, and who makes room for it: dropped onto a short line it would cover its neighbours. */
function placeIn(
  document: WorkflowDocument,
  edge: WorkflowEdge,
  wanted: Position | undefined,
): { position: Position; shift: Record<string, Position> | null } | null {
  const source = document.nodes.find(({ id }) => id === edge.source)
  const target = document.nodes.find(({ id }) => id === edge.target)
  if (source === undefined || target === undefined) return null
  const free = wanted !== undefined && freePlace(document, wanted).y === Math.round(wanted.y)
  if (free) return { position: wanted, shift: null }
  return { position: { ...target.position }, shift: roomFor(document, source.id, target.id) }
}

/** Moves the target and everything right of it in its line one place on, so that a step fits between. */
function roomFor(document: WorkflowDocument, sourceId: string, targetId: string): Record<string, Position> | null {
  const source = document.nodes.find(({ id }) => id === sourceId)
  const target = document.nodes.find(({ id }) => id === targetId)
  if (source === undefined || target === undefined) return null
  const positions: Record<string, Position> = {}
  for (const node of document.nodes) {
    const sameLine = node.position.y >= target.position.y - 20 && node.position.y < target.position.y + 130
    if (node.id !== sourceId && sameLine && node.position.x >= target.position.x - 20) {
      positions[node.id] = { x: node.position.x + 220, y: node.position.y }
    }
  }
  return positions
}
