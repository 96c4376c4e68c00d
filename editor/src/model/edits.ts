import type { NodeDescriptor } from '#schemas/node.ts'
import type { Fix } from '#schemas/problem.ts'
import type { WorkflowDocument, WorkflowEdge, WorkflowNode } from '#schemas/workflow.ts'
import { type Change, insertion, type Position } from './change.ts'
import { newEdgeId, newNodeId } from './ids.ts'
import { freePlace, placeAfter, placeAtEnd } from './placing.ts'
import { type Ends, judgeConnection, mainOutput, type NodeTypeIndex, portFits } from './ports.ts'
import type { OpenPort } from './ranking.ts'

/** A change, and the step it puts on the canvas (to select it). */
export interface Edit {
  readonly change: Change
  readonly nodeId: string | null
}

interface Context {
  readonly document: WorkflowDocument
  readonly types: NodeTypeIndex
}

function newNode(document: WorkflowDocument, type: NodeDescriptor, position: Position): WorkflowNode {
  return {
    id: newNodeId(document, type.type),
    type: type.type,
    typeVersion: type.version,
    position: { x: Math.round(position.x), y: Math.round(position.y) },
    config: structuredClone(type.defaults),
  }
}

/** A line between two ports; the line that had the input before is removed in the same step. Null: they do not fit. */
export function connect({ document, types }: Context, ends: Ends): Edit | null {
  const verdict = judgeConnection(document, types, ends)
  if (!verdict.ok) return null
  const edge: WorkflowEdge = { id: newEdgeId(document), ...ends }
  const added = insertion([], [edge])
  const change: Change =
    verdict.replaces === null
      ? added
      : { kind: 'batch', changes: [{ kind: 'remove', nodeIds: [], edgeIds: [verdict.replaces] }, added] }
  return { change, nodeId: null }
}

export interface Where {
  /** The port the new step is joined to. */
  readonly open?: OpenPort
  /** Where a person dropped it; else a good place is chosen. */
  readonly position?: Position
}

/** Puts a new step on the canvas and joins it to the open port if that fits. */
export function addStep({ document, types }: Context, type: NodeDescriptor, where: Where): Edit {
  const { open } = where
  const side = open?.port === 'undelivered' || open?.port === 'failed' || open?.port === 'rest'
  const auto = open === undefined || open.side === 'in' ? placeAtEnd(document) : placeAfter(document, open.nodeId, side)
  const node = newNode(document, type, where.position === undefined ? auto : freePlace(document, where.position))
  const ends = open === undefined ? null : endsOf({ document, types }, type, { open, nodeId: node.id })
  if (ends === null) return { change: insertion([node]), nodeId: node.id }
  const taken = document.edges.find((edge) => edge.target === ends.target && edge.targetPort === ends.targetPort)
  const added = insertion([node], [{ id: newEdgeId(document), ...ends }])
  const change: Change =
    taken === undefined ? added : { kind: 'batch', changes: [{ kind: 'remove', nodeIds: [], edgeIds: [taken.id] }, added] }
  return { change, nodeId: node.id }
}

function endsOf(
  { document, types }: Context,
  type: NodeDescriptor,
  { open, nodeId }: { open: OpenPort; nodeId: string },
): Ends | null {
  const other = document.nodes.find(({ id }) => id === open.nodeId)
  const otherType = other === undefined ? undefined : types.get(other.type)
  const openKind = otherType?.ports[open.side][open.port]
  if (otherType === undefined || openKind === undefined) return null
  if (open.side === 'out') {
    const input =
      pickPort(type, (kind) => portFits(openKind.kind, type, { kind }) && kind === openKind.kind) ??
      pickPort(type, (kind) => portFits(openKind.kind, type, { kind }))
    return input === null ? null : { source: open.nodeId, sourcePort: open.port, target: nodeId, targetPort: input }
  }
  const output = Object.entries(type.ports.out).find(
    ([name, port]) => name !== 'failed' && portFits(port.kind, otherType, openKind),
  )
  return output === undefined ? null : { source: nodeId, sourcePort: output[0], target: open.nodeId, targetPort: open.port }
}

function pickPort(type: NodeDescriptor, fits: (kind: NodeDescriptor['ports']['in'][string]['kind']) => boolean): string | null {
  return Object.entries(type.ports.in).find(([, port]) => fits(port.kind))?.[0] ?? null
}

/** Adds a step after the selected one, in the middle of its line if it has one already. */
export function addAfter(context: Context, type: NodeDescriptor, nodeId: string | null): Edit {
  const port = nodeId === null ? null : mainOutput(context.document, context.types, nodeId)
  if (nodeId === null || port === null) return addStep(context, type, {})
  const onward = context.document.edges.find((edge) => edge.source === nodeId && edge.sourcePort === port)
  const spliced = onward === undefined ? null : splice(context, type, { edgeId: onward.id })
  return spliced ?? addStep(context, type, { open: { nodeId, port, side: 'out' } })
}

/** Puts a new step into a line: what came from the source goes through it. Null if it does not fit on either side. */
export function splice(
  { document, types }: Context,
  type: NodeDescriptor,
  { edgeId, position }: { edgeId: string; position?: Position },
): Edit | null {
  const edge = document.edges.find(({ id }) => id === edgeId)
  const source = document.nodes.find(({ id }) => id === edge?.source)
  const target = document.nodes.find(({ id }) => id === edge?.target)
  if (edge === undefined || source === undefined || target === undefined) return null
  const shift = roomFor(document, source.id, target.id)
  // Dropped onto a short line it would cover its neighbours: they make room instead.
  const free = position !== undefined && freePlace(document, position).y === Math.round(position.y) ? position : undefined
  const place = free ?? {
    x: source.position.x + (target.position.x - source.position.x) / 2,
    y: Math.max(source.position.y, target.position.y),
  }
  const node = newNode(document, type, free === undefined && shift !== null ? { ...target.position } : place)
  const into = endsOf({ document, types }, type, {
    open: { nodeId: edge.source, port: edge.sourcePort, side: 'out' },
    nodeId: node.id,
  })
  const onward = endsOf({ document, types }, type, {
    open: { nodeId: edge.target, port: edge.targetPort, side: 'in' },
    nodeId: node.id,
  })
  if (into === null || onward === null) return null
  const first = newEdgeId(document)
  const changes: Change[] = [
    { kind: 'remove', nodeIds: [], edgeIds: [edge.id] },
    insertion(
      [node],
      [
        { id: first, ...into },
        { id: newEdgeId(document, [first]), ...onward },
      ],
    ),
  ]
  if (free === undefined && shift !== null) changes.push({ kind: 'move', positions: shift })
  return { change: { kind: 'batch', changes }, nodeId: node.id }
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

/** Removes steps and lines. `heal`: where a removed step stood between two others that fit, they are joined. */
export function removeThings(
  { document, types }: Context,
  things: { nodeIds: readonly string[]; edgeIds: readonly string[] },
  heal: boolean,
): Change {
  const removal: Change = { kind: 'remove', nodeIds: things.nodeIds, edgeIds: things.edgeIds }
  const [only, ...others] = things.nodeIds
  if (!heal || only === undefined || others.length > 0) return removal
  const into = document.edges.filter(({ target }) => target === only)
  const onward = document.edges.filter(({ source }) => source === only)
  const [before, after] = [into[0], onward[0]]
  if (into.length !== 1 || onward.length !== 1 || before === undefined || after === undefined) return removal
  const ends: Ends = { source: before.source, sourcePort: before.sourcePort, target: after.target, targetPort: after.targetPort }
  const without = { ...document, edges: document.edges.filter(({ id }) => id !== before.id && id !== after.id) }
  if (!judgeConnection(without, types, ends).ok) return removal
  return { kind: 'batch', changes: [removal, insertion([], [{ id: newEdgeId(document), ...ends }])] }
}

/** The change that a problem's one-click fix stands for. Null if it no longer applies. */
export function fixToChange({ document, types }: Context, fix: Fix): Change | null {
  const changes: Change[] = []
  const node = document.nodes.find(({ id }) => id === fix.nodeId)
  if (fix.config !== undefined && node !== undefined) {
    changes.push({ kind: 'configure', nodeId: node.id, config: mergePatch(node.config, fix.config) })
  }
  if (fix.removeEdgeId !== undefined) changes.push({ kind: 'remove', nodeIds: [], edgeIds: [fix.removeEdgeId] })
  const line = fix.connect === undefined ? null : connect({ document, types }, fix.connect)
  if (line !== null) changes.push(line.change)
  return changes.length === 0 ? null : { kind: 'batch', changes }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON merge patch (RFC 7386): objects merge, null removes, everything else replaces. */
export function mergePatch(
  target: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...target }
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else if (isPlainObject(value)) result[key] = mergePatch(isPlainObject(result[key]) ? result[key] : {}, value)
    else result[key] = value
  }
  return result
}
