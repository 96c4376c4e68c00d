import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Registry } from '#runtime/registry.ts'
import { readDocument } from './document.ts'
import type { Finding } from './finding.ts'
import { readEdges, type GraphWire } from './graph-edges.ts'
import { readNodes, type GraphNode } from './graph-nodes.ts'
import { withKeptKinds } from './kept-kinds.ts'
import { orderOf } from './order.ts'
import { partFindings } from './parts-needed.ts'

/** The graph as far as it could be read: nodes and the wires that fit, in topological order. */
export interface Graph {
  readonly document: WorkflowDocument | null
  readonly nodes: ReadonlyMap<string, GraphNode>
  readonly wires: readonly GraphWire[]
  readonly order: readonly string[]
  readonly findings: readonly Finding[]
}

/** Reads anything as a graph, without asking any node: document, types, configs, ports, edges, circles, and what every workflow needs. */
export function readGraph(value: unknown, registry: Pick<Registry, 'node'>): Graph {
  const { document, findings } = readDocument(value)
  if (!document) return { document, nodes: new Map(), wires: [], order: [], findings }
  const { nodes: read, findings: ofNodes } = readNodes(document, registry)
  const nodes = withKeptKinds(read, document)
  const { wires, findings: ofEdges } = readEdges(document, nodes)
  const order = orderOf([...nodes.keys()], wires)
  const circles = order.circles.map((circle) => circleFinding(circle, { nodes, wires }))
  return {
    document,
    nodes,
    wires,
    order: order.ids,
    findings: [...ofNodes, ...ofEdges, ...circles, ...partFindings(nodes, document)],
  }
}

function circleFinding(circle: readonly string[], { nodes, wires }: Pick<Graph, 'nodes' | 'wires'>): Finding {
  const last = circle.at(-1) ?? ''
  const first = circle[0] ?? ''
  const named = (language: 'en' | 'ko'): string => circle.map((id) => nodes.get(id)?.name[language] ?? id).join(' → ')
  const closing = wires.find(({ from, to }) => from === last && to === first)
  return {
    code: 'circle',
    nodeId: first,
    fields: { nodes: { en: named('en'), ko: named('ko') } },
    ...(closing && {
      edgeId: closing.edgeId,
      fix: { title: { en: 'Remove the line that closes the circle', ko: '돌아오는 선 지우기' }, removeEdgeId: closing.edgeId },
    }),
  }
}
