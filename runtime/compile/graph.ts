import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { InnerWorkflows } from '#runtime/inner/inner-workflows.ts'
import { unfold, type Unfolded } from '#runtime/inner/unfold.ts'
import type { Registry } from '#runtime/registry.ts'
import { readDocument } from './document.ts'
import type { Finding } from './finding.ts'
import { readEdges, type GraphWire } from './graph-edges.ts'
import { readNodes, type GraphNode } from './graph-nodes.ts'
import { withKeptKinds } from './kept-kinds.ts'
import { orderOf } from './order.ts'
import { partFindings } from './parts-needed.ts'

/** The graph as far as it could be read: nodes and the wires that fit, in topological order. Workflows inside it are unfolded: ids `outer/inner`. */
export interface Graph {
  readonly document: WorkflowDocument | null
  /** The steps that stood for workflows. */
  readonly steps: ReadonlyMap<string, Unfolded>
  readonly nodes: ReadonlyMap<string, GraphNode>
  readonly wires: readonly GraphWire[]
  readonly order: readonly string[]
  readonly findings: readonly Finding[]
}

export interface Surroundings {
  /** The workflows that the document uses, and those that they use (`collectInner`). */
  readonly inner?: InnerWorkflows
  /** Id of the document's own workflow, where it has one: it may not stand in itself. */
  readonly self?: string | undefined
}

/** Reads anything as a graph, without asking any node: document, types, configs, ports, edges, circles, and what every workflow needs. */
export function readGraph(value: unknown, registry: Pick<Registry, 'node'>, { inner, self }: Surroundings = {}): Graph {
  const { document: drawn, findings } = readDocument(value)
  if (!drawn) return { document: null, steps: new Map(), nodes: new Map(), wires: [], order: [], findings }
  const { document, steps, findings: ofParts } = unfold(drawn, inner ?? new Map(), self)
  const { nodes: read, findings: ofNodes } = readNodes(document, registry)
  const nodes = withKeptKinds(read, document)
  const { wires, findings: ofEdges } = readEdges(document, nodes)
  const order = orderOf([...nodes.keys()], wires)
  const circles = order.circles.map((circle) => circleFinding(circle, { nodes, wires }))
  return {
    document,
    steps,
    nodes,
    wires,
    order: order.ids,
    findings: [...ofNodes, ...ofParts, ...ofEdges, ...circles, ...partFindings(nodes, document)],
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
