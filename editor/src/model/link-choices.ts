import type { WorkflowDocument } from '#schemas/workflow.ts'
import { downstream, upstream } from './graph.ts'
import { type NodeTypeIndex, portFits } from './ports.ts'
import { typeOfStep } from './step-type.ts'

/** A port of a step. */
export interface PortPlace {
  readonly nodeId: string
  readonly port: string
}

interface Context {
  readonly document: WorkflowDocument
  readonly types: NodeTypeIndex
}

/** Inputs that a line out of this port may go to, in the order of the document. Those it goes to already are left out. */
export function targetsFor({ document, types }: Context, from: PortPlace): PortPlace[] {
  const kind = typeOfStep(document, types, from.nodeId)?.ports.out[from.port]?.kind
  if (kind === undefined) return []
  // What leads here would close a circle.
  const before = new Set([from.nodeId, ...upstream(document, from.nodeId)])
  const joined = new Set(
    document.edges
      .filter(({ source, sourcePort }) => source === from.nodeId && sourcePort === from.port)
      .map(({ target, targetPort }) => `${target}/${targetPort}`),
  )
  return document.nodes.flatMap((node) => {
    const type = typeOfStep(document, types, node.id)
    if (type === undefined || before.has(node.id)) return []
    return Object.entries(type.ports.in)
      .filter(([port, descriptor]) => portFits(kind, type, descriptor) && !joined.has(`${node.id}/${port}`))
      .map(([port]) => ({ nodeId: node.id, port }))
  })
}

/** Outputs that may lead into this port, that which leads there now among them. `failed`, which every step has, only where it is used. */
export function sourcesFor({ document, types }: Context, to: PortPlace): PortPlace[] {
  const type = typeOfStep(document, types, to.nodeId)
  const input = type?.ports.in[to.port]
  if (type === undefined || input === undefined) return []
  const led = document.edges.find(({ target, targetPort }) => target === to.nodeId && targetPort === to.port)
  const behind = new Set([to.nodeId, ...downstream(document, to.nodeId)])
  return document.nodes.flatMap((node) =>
    behind.has(node.id)
      ? []
      : Object.entries(typeOfStep(document, types, node.id)?.ports.out ?? {})
          .filter(([port]) => port !== 'failed' || (led?.source === node.id && led.sourcePort === port))
          .filter(([, descriptor]) => portFits(descriptor.kind, type, input))
          .map(([port]) => ({ nodeId: node.id, port })),
  )
}
