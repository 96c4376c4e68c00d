import type { NodeDescriptor, PortDescriptor } from '#schemas/node.ts'
import { outputsWith, portsOfKind, portsVary, withKinds } from '#schemas/ports.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'

/** Node types by name, as the editor got them from the server. */
export type NodeTypeIndex = ReadonlyMap<string, NodeDescriptor>

/** A config is a value that never changes, so what it makes of a type needs to be worked out once. */
const known = new WeakMap<object, { readonly type: NodeDescriptor; readonly made: NodeDescriptor }>()

/** The type of a step as its config makes it: with the outputs that the person named, and the kinds that it names. */
export function typeOfNode(types: NodeTypeIndex, node: WorkflowNode | undefined): NodeDescriptor | undefined {
  const type = node === undefined ? undefined : types.get(node.type)
  if (type === undefined || node === undefined || !portsVary(type.ports)) return type
  const old = known.get(node.config)
  if (old?.type === type) return old.made
  const out = withKinds(outputsWith(type.ports, node.config), node.config)
  const made = { ...type, ports: { ...type.ports, in: { ...withKinds(type.ports.in, node.config) }, out: { ...out } } }
  known.set(node.config, { type, made })
  return made
}

/** As `typeOfNode`, and with the kind that the step keeps: messages, where a line brings them. */
export function typeOfStep(
  document: WorkflowDocument,
  types: NodeTypeIndex,
  nodeId: string | undefined,
): NodeDescriptor | undefined {
  return keepingKind({ document, types }, nodeId, new Set())
}

interface Context {
  readonly document: WorkflowDocument
  readonly types: NodeTypeIndex
}

function keepingKind(context: Context, nodeId: string | undefined, asked: ReadonlySet<string>): NodeDescriptor | undefined {
  const { document, types } = context
  const type = typeOfNode(
    types,
    document.nodes.find(({ id }) => id === nodeId),
  )
  // Asked while it is being answered: a circle, which is refused anyway.
  if (type === undefined || nodeId === undefined || asked.has(nodeId)) return type
  const lines = document.edges.filter((edge) => edge.target === nodeId && type.ports.in[edge.targetPort]?.keep === true)
  const bringsText = lines.some(
    ({ source, sourcePort }) =>
      keepingKind(context, source, new Set([...asked, nodeId]))?.ports.out[sourcePort]?.kind === 'messages',
  )
  return bringsText ? withKind(type, 'messages') : type
}

/** A type whose `keep` ports are led into by a line of this kind. */
export function withKind(type: NodeDescriptor, kind: PortDescriptor['kind']): NodeDescriptor {
  const isKept = Object.values(type.ports.in).some(({ keep }) => keep)
  return isKept ? { ...type, ports: { ...type.ports, ...portsOfKind({ in: type.ports.in, out: type.ports.out }, kind) } } : type
}
