import type { NodeDescriptor } from '#schemas/node.ts'
import type { Fix } from '#schemas/problem.ts'
import type { WorkflowEdge } from '#schemas/workflow.ts'
import { type Change, insertion, type Position } from './change.ts'
import { type Context, type Edit, endsOf, newNode } from './ends.ts'
import { newEdgeId } from './ids.ts'
import { freePlace, placeAfter, placeAtEnd } from './placing.ts'
import { type Ends, judgeConnection, lineThatGivesWay, mainOutput } from './ports.ts'
import type { OpenPort } from './ranking.ts'
import { splice } from './splice.ts'
import { typeOfNode, typeOfStep } from './step-type.ts'

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
  const side = open !== undefined && standsBelow({ document, types }, open)
  const auto = open === undefined || open.side === 'in' ? placeAtEnd(document) : placeAfter(document, open.nodeId, side)
  const node = newNode(document, type, where.position === undefined ? auto : freePlace(document, where.position))
  const own = typeOfNode(types, node) ?? type
  const ends = open === undefined ? null : endsOf({ document, types }, own, { open, nodeId: node.id })
  if (ends === null) return { change: insertion([node]), nodeId: node.id }
  const into = typeOfStep(document, types, ends.target)?.ports.in[ends.targetPort]
  const taken = lineThatGivesWay(document, into, ends)
  const added = insertion([node], [{ id: newEdgeId(document), ...ends }])
  const change: Change =
    taken === undefined ? added : { kind: 'batch', changes: [{ kind: 'remove', nodeIds: [], edgeIds: [taken.id] }, added] }
  return { change, nodeId: node.id }
}

/** Steps on side doors, and on all but the first of several ways, stand a little lower. */
function standsBelow({ document, types }: Context, { nodeId, port, side }: OpenPort): boolean {
  if (side === 'in') return false
  if (port === 'undelivered' || port === 'failed' || port === 'rest') return true
  const type = typeOfStep(document, types, nodeId)
  return type?.ports.outFrom !== undefined && Object.keys(type.ports.out)[0] !== port
}

/** Adds a step after the selected one, in the middle of its line if it has one already. */
export function addAfter(context: Context, type: NodeDescriptor, nodeId: string | null): Edit {
  const port = nodeId === null ? null : mainOutput(context.document, context.types, nodeId)
  if (nodeId === null || port === null) return addStep(context, type, {})
  const onward = context.document.edges.find((edge) => edge.source === nodeId && edge.sourcePort === port)
  const spliced = onward === undefined ? null : splice(context, type, { edgeId: onward.id })
  return spliced ?? addStep(context, type, { open: { nodeId, port, side: 'out' } })
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
