import type { PortKind } from '#schemas/node.ts'
import { portsOfKind } from '#schemas/ports.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { GraphNode } from './graph-nodes.ts'

/**
 * The nodes with the kinds that they keep: a step with `keep` ports gives messages where a line with messages leads into it. A line with
 * rows into it does not fit then: some of its people would have a text, and others none.
 */
export function withKeptKinds(
  nodes: ReadonlyMap<string, GraphNode>,
  { edges }: Pick<WorkflowDocument, 'edges'>,
): Map<string, GraphNode> {
  const into = Map.groupBy(edges, ({ target }) => target)
  const known = new Map<string, GraphNode>()
  const asked = new Set<string>()
  const kindOf = (id: string, port: string): PortKind | undefined => read(id)?.registered?.ports.out[port]?.kind
  const read = (id: string): GraphNode | undefined => {
    const node = known.get(id) ?? nodes.get(id)
    // Asked while it is being read: a circle, which is a problem of its own.
    if (!node || known.has(id) || asked.has(id)) return node
    asked.add(id)
    const kept = keepingMessages(
      node,
      (into.get(id) ?? []).map((edge) => ({ ...edge, kind: kindOf(edge.source, edge.sourcePort) })),
    )
    known.set(id, kept)
    return kept
  }
  return new Map([...nodes].map(([id, node]) => [id, read(id) ?? node]))
}

function keepingMessages(
  node: GraphNode,
  lines: readonly { readonly targetPort: string; readonly kind: PortKind | undefined }[],
): GraphNode {
  const { registered } = node
  if (!registered) return node
  const isKept = lines.some(({ targetPort, kind }) => registered.ports.in[targetPort]?.keep === true && kind === 'messages')
  if (!isKept) return node
  const ports = portsOfKind(registered.ports, 'messages')
  // `failed` is added to every step anew; its own outputs are those that the type has.
  const out = Object.fromEntries(Object.entries(ports.out).filter(([name]) => Object.hasOwn(registered.type.ports.out, name)))
  return { ...node, registered: { ...registered, ports, type: { ...registered.type, ports: { in: ports.in, out } } } }
}
