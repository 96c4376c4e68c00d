import type { PlanNode } from '#runtime/compile/plan.ts'
import type { Host } from '#runtime/host.ts'
import { getOnly } from './get-only.ts'
import type { NodeContext, ReportedCost, RunFacts, TemplateRef } from '#runtime/sdk/index.ts'

export interface ContextOptions {
  readonly host: Host
  readonly node: PlanNode
  readonly run: RunFacts
  readonly signal: AbortSignal
  readonly timezone: string
  readonly preview: boolean
  /** Preview: at most so many rows of the source. */
  readonly maxRows?: number
  /** The pinned version of the node's own text; null in a preview. */
  readonly template: TemplateRef | null
  report?(cost: ReportedCost): void
}

/** What a node gets to work with: the host's gifts, cut to what its type declares. A `pure` node reaches nothing outside. */
export function nodeContext(options: ContextOptions): NodeContext {
  const { host, node, signal } = options
  const isPure = node.type.effect === 'pure'
  const asking = { nodeId: node.id, preview: options.preview }
  return {
    nodeId: node.id,
    signal,
    log: host.log,
    clock: host.clock,
    preview: options.preview,
    ...(options.maxRows !== undefined && { maxRows: options.maxRows }),
    timezone: options.timezone,
    run: options.run,
    connection: (id) => (isPure ? Promise.reject(refusal(node, 'a connection')) : host.connection(id, asking)),
    service: (id) => (isPure ? Promise.reject(refusal(node, 'a service')) : serviceOf(host, id, options.preview)),
    list: (id) => (isPure ? Promise.reject(refusal(node, 'a list')) : host.lists.open(id)),
    queries: isPure ? { answer: () => Promise.reject(refusal(node, 'a query')) } : host.queries,
    tables: isPure ? { compile: () => Promise.reject(refusal(node, 'a table')) } : host.tables,
    inputs: node.inputs,
    described: node.described,
    template: options.template,
    report: (cost) => options.report?.(cost),
  }
}

const serviceOf = async (host: Host, id: string, preview: boolean) => {
  const service = await host.service(id)
  return preview ? getOnly(service) : service
}

function refusal(node: PlanNode, what: string): Error {
  return new Error(`The node type "${node.type.type}" is declared pure and asked for ${what}; declare the effect "read"`)
}
