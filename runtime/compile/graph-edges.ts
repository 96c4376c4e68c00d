import type { Localized } from '#schemas/localized.ts'
import type { PortKind } from '#schemas/node.ts'
import type { WorkflowDocument, WorkflowEdge } from '#schemas/workflow.ts'
import type { Finding } from './finding.ts'
import type { GraphNode } from './graph-nodes.ts'
import type { Wire } from './plan.ts'

export interface GraphWire extends Wire {
  readonly edgeId: string
}

const KIND_NAMES: Readonly<Record<PortKind, Localized>> = {
  start: { en: 'a start', ko: '시작' },
  rows: { en: 'rows', ko: '받는 사람 목록' },
  messages: { en: 'messages', ko: '메시지' },
}

/** Reads the edges. Those that fit become wires; each other one is a finding. Edges at nodes of an unknown type say nothing more. */
export function readEdges(
  document: WorkflowDocument,
  nodes: ReadonlyMap<string, GraphNode>,
): { wires: GraphWire[]; findings: Finding[] } {
  const wires: GraphWire[] = []
  const findings: Finding[] = []
  const ids = new Set<string>()
  const taken = new Set<string>()
  for (const edge of document.edges) {
    if (ids.has(edge.id)) findings.push({ code: 'duplicate-edge-id', edgeId: edge.id, fields: { id: edge.id } })
    ids.add(edge.id)
    const found = faultOf(edge, nodes) ?? takenBefore(edge, { taken, nodes })
    if (found) findings.push({ ...found, edgeId: edge.id, fix: found.fix ?? removal(edge) })
    else if (nodes.get(edge.source)?.registered && nodes.get(edge.target)?.registered)
      wires.push({ edgeId: edge.id, from: edge.source, fromPort: edge.sourcePort, to: edge.target, toPort: edge.targetPort })
  }
  findings.push(...missingInputs(document, nodes))
  return { wires, findings }
}

function removal({ id }: WorkflowEdge): NonNullable<Finding['fix']> {
  return { title: { en: 'Remove the line', ko: '선 지우기' }, removeEdgeId: id }
}

function faultOf(edge: WorkflowEdge, nodes: ReadonlyMap<string, GraphNode>): Finding | null {
  for (const id of [edge.source, edge.target]) if (!nodes.has(id)) return { code: 'unknown-node', fields: { id } }
  const from = nodes.get(edge.source)
  const to = nodes.get(edge.target)
  if (!from?.registered || !to?.registered) return null
  const out = from.registered.ports.out[edge.sourcePort]
  const into = to.registered.ports.in[edge.targetPort]
  if (!out) return { code: 'unknown-port', nodeId: from.id, fields: { node: from.name, port: edge.sourcePort } }
  if (!into) return { code: 'unknown-port', nodeId: to.id, fields: { node: to.name, port: edge.targetPort } }
  if (fits(out.kind, into.kind, to) || (into.kind === 'start' && from.registered.type.event)) return null
  if (into.keep && out.kind === 'rows') return { code: 'merge-without-text', nodeId: to.id, fields: { from: from.name } }
  return { code: 'port-kinds-differ', nodeId: to.id, fields: { from: KIND_NAMES[out.kind], to: KIND_NAMES[into.kind] } }
}

/** Messages may go where rows go (the text is dropped). Rows may go into a channel, which may bring its own text (`message-needed` if not). */
function fits(out: PortKind, into: PortKind, to: GraphNode): boolean {
  if (out === into || (out === 'messages' && into === 'rows')) return true
  return out === 'rows' && into === 'messages' && to.registered?.type.role === 'channel'
}

function takenBefore(
  edge: WorkflowEdge,
  { taken, nodes }: { taken: Set<string>; nodes: ReadonlyMap<string, GraphNode> },
): Finding | null {
  const key = `${edge.target} ${edge.targetPort}`
  if (nodes.get(edge.target)?.registered?.ports.in[edge.targetPort]?.many) return takenTwice(edge, taken)
  if (!taken.has(key)) {
    taken.add(key)
    return null
  }
  const to = nodes.get(edge.target)
  const title = to?.registered?.ports.in[edge.targetPort]?.title
  return { code: 'input-taken', nodeId: edge.target, fields: { node: to?.name, port: title ?? edge.targetPort } }
}

/** Several lines may lead in, but not the same one twice. */
function takenTwice({ source, sourcePort, target, targetPort }: WorkflowEdge, taken: Set<string>): Finding | null {
  const key = JSON.stringify([source, sourcePort, target, targetPort])
  if (taken.has(key)) return { code: 'line-twice', nodeId: target }
  taken.add(key)
  return null
}

/** More than so many open inputs: a graph at its beginning, or a strange one. Nobody reads that many offers. */
const MAX_OFFERS = 20

function missingInputs(document: WorkflowDocument, nodes: ReadonlyMap<string, GraphNode>): Finding[] {
  const fed = new Set(document.edges.map(({ target, targetPort }) => `${target} ${targetPort}`))
  const open = [...nodes.values()].flatMap((node) =>
    Object.entries(node.registered?.ports.in ?? {})
      .filter(([port, { optional }]) => !optional && !fed.has(`${node.id} ${port}`))
      .map(([port, { kind }]) => ({ node, port, kind })),
  )
  return open.map((input): Finding => {
    const fix = open.length > MAX_OFFERS ? undefined : connection(input, { document, nodes })
    return { code: 'input-missing', nodeId: input.node.id, ...(fix && { fix }) }
  })
}

/** The line that is missing, where only one can be meant: one output of the right kind leads nowhere yet. */
function connection(
  { node, port, kind }: { node: GraphNode; port: string; kind: PortKind },
  { document, nodes }: { document: WorkflowDocument; nodes: ReadonlyMap<string, GraphNode> },
): Finding['fix'] {
  const behind = idsBehind(node.id, document)
  const used = new Set(document.edges.map(({ source, sourcePort }) => `${source} ${sourcePort}`))
  const open = [...nodes.values()]
    .filter(({ id }) => !behind.has(id))
    .flatMap((from) =>
      Object.entries(from.registered?.ports.out ?? {})
        .filter(([name, out]) => name !== 'failed' && out.kind === kind && !used.has(`${from.id} ${name}`))
        .map(([name]) => ({ from, name })),
    )
  const [only] = open
  if (!only || open.length > 1) return undefined
  const title = { en: `Connect "${only.from.name.en}"`, ko: `‘${only.from.name.ko}’에서 이어 오기` }
  return { title, connect: { source: only.from.id, sourcePort: only.name, target: node.id, targetPort: port } }
}

/** The node and all that its rows may reach: a line from there would make a circle. */
function idsBehind(id: string, document: WorkflowDocument): Set<string> {
  const outOf = Map.groupBy(document.edges, ({ source }) => source)
  const found = new Set([id])
  // The set grows while it is walked.
  for (const at of found) for (const { target } of outOf.get(at) ?? []) found.add(target)
  return found
}
