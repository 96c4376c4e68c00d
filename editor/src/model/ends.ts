import type { NodeDescriptor } from '#schemas/node.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import type { Change, Position } from './change.ts'
import { newNodeId } from './ids.ts'
import { type Ends, type NodeTypeIndex, portFits } from './ports.ts'
import type { OpenPort } from './ranking.ts'
import { typeOfStep } from './step-type.ts'

/** What an edit is made in. */
export interface Context {
  readonly document: WorkflowDocument
  readonly types: NodeTypeIndex
}

/** A change, and the step it puts on the canvas (to select it). */
export interface Edit {
  readonly change: Change
  readonly nodeId: string | null
}

/** A step of a type, with the config that its type begins with. */
export function newNode(document: WorkflowDocument, type: NodeDescriptor, position: Position): WorkflowNode {
  return {
    id: newNodeId(document, type.type),
    type: type.type,
    typeVersion: type.version,
    position: { x: Math.round(position.x), y: Math.round(position.y) },
    config: structuredClone(type.defaults),
  }
}

/** Which of a type's ports an open port goes on to, and from which it can be fed; null: none fits. */
export function endsOf(
  { document, types }: Context,
  type: NodeDescriptor,
  { open, nodeId }: { open: OpenPort; nodeId: string },
): Ends | null {
  const otherType = typeOfStep(document, types, open.nodeId)
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
