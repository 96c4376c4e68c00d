import type { Localized } from '#schemas/localized.ts'
import { innerId, PART_ENTRY, PART_EXIT, PART_INPUT, PART_OUTPUT, PART_PORT, SUB_WORKFLOW } from '#schemas/sub-workflow.ts'
import type { WorkflowDocument, WorkflowEdge, WorkflowNode } from '#schemas/workflow.ts'
import type { Finding } from '#runtime/compile/finding.ts'
import { keyOf, refOf, type InnerRef, type InnerWorkflow, type InnerWorkflows } from './inner-workflows.ts'

/** A step that stands for a workflow, and what it became. Ids are those of the unfolded graph. */
export interface Unfolded {
  readonly node: WorkflowNode
  readonly ref: InnerRef
  readonly inner: InnerWorkflow
  /** The step at which people come in. */
  readonly entry: string
  /** The steps at which they leave, by the port of the outer step. */
  readonly exits: ReadonlyMap<string, string>
}

export interface UnfoldedDocument {
  /** The document with the inner steps in the place of those that stand for them; ids `outer/inner`. */
  readonly document: WorkflowDocument
  /** By id of the unfolded graph: `outer`, `outer/other`. */
  readonly steps: ReadonlyMap<string, Unfolded>
  readonly findings: readonly Finding[]
}

/** How deep workflows may stand in each other. */
export const MOST_LEVELS = 5
/** As many steps as a document may have. */
const MOST_STEPS = 2000

interface Work {
  readonly inner: InnerWorkflows
  readonly steps: Map<string, Unfolded>
  readonly findings: Finding[]
  count: number
}

interface Level {
  /** Id of the step that all this stands in; null: the document itself. */
  readonly outer: string | null
  /** Ids of the workflows that this stands in, the outermost first. */
  readonly chain: readonly string[]
  readonly names: readonly string[]
}

/**
 * Puts the steps of the workflows that a document uses in the place of the steps that stand for them. Pure, and it always ends: what cannot be
 * unfolded (not there, a circle, too deep) stays as it is, with a finding. `self`: id of the document's own workflow, where it has one.
 */
export function unfold(document: WorkflowDocument, inner: InnerWorkflows, self: string | null = null): UnfoldedDocument {
  if (!document.nodes.some(({ type }) => type === SUB_WORKFLOW)) return { document, steps: new Map(), findings: [] }
  const work: Work = { inner, steps: new Map(), findings: [], count: document.nodes.length }
  const chain = self === null ? [] : [self]
  const { nodes, edges } = unfoldLevel(document, { outer: null, chain, names: [document.name] }, work)
  return {
    document: work.steps.size === 0 ? document : { ...document, nodes, edges },
    steps: work.steps,
    findings: work.findings,
  }
}

type Graph = Pick<WorkflowDocument, 'nodes' | 'edges'>

function unfoldLevel(document: WorkflowDocument, level: Level, work: Work): Graph {
  const idOf = (id: string): string => (level.outer === null ? id : innerId(level.outer, id))
  const nodes: WorkflowNode[] = []
  const added: WorkflowEdge[] = []
  for (const node of document.nodes) {
    const id = idOf(node.id)
    const graph = work.steps.has(id) ? null : unfoldStep({ ...node, id }, level, work)
    if (graph === null) nodes.push({ ...node, id })
    else {
      nodes.push(...graph.nodes)
      added.push(...graph.edges)
    }
  }
  const edges = document.edges.flatMap((edge) => joined({ ...edge, id: idOf(edge.id) }, idOf, work))
  return { nodes, edges: [...edges, ...added] }
}

/** The steps in the place of one; null: it stays as it is. */
function unfoldStep(node: WorkflowNode, { chain, names }: Level, work: Work): Graph | null {
  const ref = refOf(node)
  if (!ref) return null
  const inner = work.inner.get(keyOf(ref))
  const fault = faultOf({ ref, inner, chain, names })
  const begin = inner?.document.nodes.find(({ type }) => type === PART_INPUT)
  if (fault || !inner || !begin) {
    const found: Pick<Finding, 'code' | 'fields'> = fault ?? { code: 'part-missing', fields: { part: ref.name ?? ref.workflow } }
    work.findings.push({ ...found, nodeId: node.id, field: 'workflow' })
    return null
  }
  work.count += inner.document.nodes.length
  if (work.count > MOST_STEPS) {
    work.findings.push({ code: 'parts-too-many', nodeId: node.id, fields: { most: MOST_STEPS }, field: 'workflow' })
    return null
  }
  const exits = inner.document.nodes.filter(({ type }) => type === PART_OUTPUT)
  work.steps.set(node.id, {
    node,
    ref,
    inner,
    entry: innerId(node.id, begin.id),
    exits: new Map(exits.map(({ id }) => [id, innerId(node.id, id)])),
  })
  const document = { ...inner.document, nodes: inner.document.nodes.map((one) => bordered(one, { node, part: inner.name })) }
  return unfoldLevel(document, { outer: node.id, chain: [...chain, ref.workflow], names: [...names, inner.name] }, work)
}

function faultOf({
  ref,
  inner,
  chain,
  names,
}: {
  ref: InnerRef
  inner: InnerWorkflow | undefined
  chain: readonly string[]
  names: readonly string[]
}): Pick<Finding, 'code' | 'fields'> | null {
  const part = inner?.name ?? ref.name ?? ref.workflow
  if (chain.includes(ref.workflow)) {
    const way = [...names, part].join(' → ')
    return { code: 'part-circle', fields: { way } }
  }
  if (names.length > MOST_LEVELS) return { code: 'parts-too-deep', fields: { most: MOST_LEVELS } }
  return null
}

/** The steps by which a workflow says where it begins and ends, as they are inside another one. */
function bordered(one: WorkflowNode, { node, part }: { node: WorkflowNode; part: string }): WorkflowNode {
  if (one.type === PART_OUTPUT) return { ...one, type: PART_EXIT, typeVersion: 1, config: {} }
  if (one.type !== PART_INPUT) return one
  const { columns } = node.config
  const config = { takes: one.config.takes, needs: needsOf(one), ...(columns !== undefined && { columns }), part }
  return { ...one, type: PART_ENTRY, typeVersion: 1, config }
}

/** The columns that a workflow's first step asks for; what else its config says of them is for the preview. */
export function needsOf({ config }: Pick<WorkflowNode, 'config'>): { name: unknown; type: unknown; required: unknown }[] {
  const columns: unknown[] = Array.isArray(config.columns) ? config.columns : []
  return columns.map((column) => {
    const { name, type, required } = (column ?? {}) as { name?: unknown; type?: unknown; required?: unknown }
    return { name, type, required }
  })
}

/** A line with its ends at the inner steps. One at a way out that the workflow does not have is a finding, and gone. */
function joined(edge: WorkflowEdge, idOf: (id: string) => string, work: Work): WorkflowEdge[] {
  const [source, target] = [idOf(edge.source), idOf(edge.target)]
  const [from, to] = [work.steps.get(source), work.steps.get(target)]
  const exit = from?.exits.get(edge.sourcePort)
  if (from && exit === undefined) return lost(edge, { at: source, port: edge.sourcePort, step: from, work })
  if (to && edge.targetPort !== PART_PORT) return lost(edge, { at: target, port: edge.targetPort, step: to, work })
  return [
    {
      ...edge,
      source: exit ?? source,
      sourcePort: exit === undefined ? edge.sourcePort : PART_PORT,
      target: to?.entry ?? target,
    },
  ]
}

function lost(
  edge: WorkflowEdge,
  { at, port, step, work }: { at: string; port: string; step: Unfolded; work: Work },
): WorkflowEdge[] {
  const known: unknown[] = Array.isArray(step.node.config.exits) ? step.node.config.exits : []
  const named = known.find((exit) => (exit as { id?: unknown } | null)?.id === port) as { name?: unknown } | undefined
  const node: Localized = { en: step.inner.name, ko: step.inner.name }
  work.findings.push({
    code: 'unknown-port',
    nodeId: at,
    edgeId: edge.id,
    fields: { node, port: typeof named?.name === 'string' ? named.name : port },
    fix: { title: { en: 'Remove the line', ko: '선 지우기' }, removeEdgeId: edge.id },
  })
  return []
}
