import type { Problem } from '#schemas/problem.ts'
import { isWithin } from '#schemas/sub-workflow.ts'
import type { Graph } from '#runtime/compile/graph.ts'
import type { GraphWire } from '#runtime/compile/graph-edges.ts'
import { fieldsWithWidget } from '#runtime/compile/schema-text.ts'
import type { PlanNode } from '#runtime/compile/plan.ts'
import { inReadingOrder } from '#runtime/compile/tree.ts'
import type { Walk } from '#runtime/compile/walk.ts'

/** Errors that keep a run from starting and a preview from nothing: what they are about can be seen in it. */
const SHOWABLE = new Set([
  'variable-not-mapped',
  'text-too-long',
  'text-not-encodable',
  'template-empty',
  'form-differs',
  'format-does-not-fit',
  'placed-wrong',
  'whole-audience-after-query',
  'whole-audience-of-events',
  'several-sources',
])
/** A channel shows its texts without its provider. */
const CHANNEL_SHOWABLE = new Set(['connection-missing', 'connection-unfit', 'config-missing'])

/** The part of a graph that a preview runs. */
export interface Runnable {
  /** In the order in which they are read. */
  readonly sources: readonly PlanNode[]
  /** Transforms in topological order. */
  readonly transforms: readonly string[]
  readonly channels: readonly string[]
  /** Between these nodes, those out of channels included. */
  readonly wires: readonly GraphWire[]
}

/** From the sources on, up to the first steps that are broken, or up to `until`. Null: there is no source that can be read. */
export function runnableOf(
  { graph, walk, problems }: { graph: Graph; walk: Walk; problems: readonly Problem[] },
  until: string | null,
): Runnable | null {
  const broken = new Set(problems.filter((problem) => stops(problem, walk)).map(({ nodeId }) => nodeId))
  const wanted = until === null ? null : upTo(until, graph)
  const isIn = (id: string): boolean => walk.nodes[id] !== undefined && !broken.has(id) && (wanted === null || wanted.has(id))
  const hasSource = [...graph.nodes.values()].some(({ registered }) => registered?.type.role === 'source')
  // What comes into a part with its text has none here.
  const givesRows = ({ type, config }: PlanNode): boolean =>
    hasSource ? type.role === 'source' && config.takes !== 'messages' : type.event !== undefined
  const found = graph.order.flatMap((id) => {
    const node = walk.nodes[id]
    return isIn(id) && node !== undefined && givesRows(node) ? [node] : []
  })
  if (found.length === 0) return null
  const into = Map.groupBy(graph.wires, ({ to }) => to)
  const ids = inReadingOrder(
    // Without a source there is one start, which gives the rows of its events.
    (hasSource ? found : found.slice(0, 1)).map(({ id }) => id),
    { wiresInto: (id) => into.get(id) ?? [], order: graph.order },
  )
  const sources = ids.flatMap((id) => walk.nodes[id] ?? [])
  const reached = new Set(sources.map(({ id }) => id))
  for (const id of reached) for (const { from, to } of graph.wires) if (from === id && isIn(to)) reached.add(to)
  const ofRole = (role: string): string[] => graph.order.filter((id) => reached.has(id) && walk.nodes[id]?.type.role === role)
  return {
    sources,
    transforms: ofRole('transform'),
    channels: ofRole('channel'),
    wires: graph.wires.filter(({ from, to }) => reached.has(from) && reached.has(to)),
  }
}

function stops({ severity, code, nodeId, field }: Problem, walk: Walk): boolean {
  if (severity !== 'error' || nodeId === undefined || SHOWABLE.has(code)) return false
  if (code === 'unknown-column' && isInMapping(walk.nodes[nodeId], field)) return false
  return !(CHANNEL_SHOWABLE.has(code) && walk.nodes[nodeId]?.type.role === 'channel')
}

/** One variable of a mapping without its column leaves a hole in the text; the other variables are filled all the same. */
function isInMapping(node: PlanNode | undefined, field: string | undefined): boolean {
  return node !== undefined && fieldsWithWidget(node.type.config, 'mapping').some(({ name }) => field?.startsWith(`${name}/`))
}

/** A step that is a workflow has been run when all of its inner steps were. */
function upTo(id: string, graph: Graph): Set<string> {
  const wanted = new Set(graph.steps.has(id) ? graph.order.filter((one) => isWithin(one, id)) : [id])
  for (const at of wanted) for (const { from, to } of graph.wires) if (to === at) wanted.add(from)
  return wanted
}
