import type { Column } from '#schemas/column.ts'
import type { Localized } from '#schemas/localized.ts'
import type { Problem } from '#schemas/problem.ts'
import type { Registry } from '#runtime/registry.ts'
import { atOuter } from '#runtime/inner/at-outer.ts'
import { faceFindings } from '#runtime/inner/face.ts'
import type { InnerWorkflows } from '#runtime/inner/inner-workflows.ts'
import { outerColumns, outerSummaries } from '#runtime/inner/outer-facts.ts'
import { PART_INPUT } from '#schemas/sub-workflow.ts'
import { channelFindings } from './channels.ts'
import { connectionFindings } from './connections.ts'
import { toProblem, withoutDoubles, type Finding } from './finding.ts'
import { withFix } from './fixes.ts'
import { readGraph, type Graph } from './graph.ts'
import { knownFor, type KnownFacts } from './known.ts'
import { placementFindings } from './placement.ts'
import type { Plan } from './plan.ts'
import { stagesOf } from './stages.ts'
import { timezoneFindings, timezoneOf } from './timezone.ts'
import { treeOf, type Tree } from './tree.ts'
import { startWalk, type Walk } from './walk.ts'

export interface Compiled {
  /** Null while there are errors, and of a workflow that is used inside others only. */
  readonly plan: Plan | null
  /** It begins where people come in from another workflow: it has no run of its own. */
  readonly isPart: boolean
  /** At the steps of the drawn graph: those of inner steps at the step that they are in. */
  readonly problems: readonly Problem[]
  /** Columns at the ports of each node, of the drawn graph and of inner ones, as far as they are known. */
  readonly columns: Readonly<Record<string, { readonly in: PortColumns; readonly out: PortColumns }>>
  /** One line per node in the user's words. */
  readonly summaries: Readonly<Record<string, Localized>>
}

type PortColumns = Readonly<Record<string, readonly Column[]>>

interface CompileOptions {
  readonly registry: Pick<Registry, 'node'>
  readonly known: KnownFacts
  /** The workflows that the document uses, and those that they use. */
  readonly inner?: InnerWorkflows
}

/**
 * The one way to judge a graph, pure: anything in, problems and (without errors) a plan out. It never throws for a bad graph. What only
 * the outside knows must have been collected before: `check` does both.
 */
export function compile(document: unknown, { registry, known, inner = new Map() }: CompileOptions): Compiled {
  const graph = readGraph(document, registry, { inner })
  return compileGraph(graph, known, faceFindings(graph, registry, inner)).compiled
}

/** `compile` for a graph that was read, with what a preview needs besides: the walk over the nodes that are all right, and the problems at inner steps. `before`: what was found before. */
export function compileGraph(
  graph: Graph,
  known: KnownFacts,
  before: readonly Finding[] = [],
): { compiled: Compiled; walk: Walk; found: readonly Problem[] } {
  const walk = startWalk(graph)
  const timezone = timezoneOf(graph, known.timezone)
  for (const id of graph.order) walk.pass(id, knownFor({ ...known, timezone }, id))
  const tree = treeIn(graph, walk)
  const findings: Finding[] = [
    ...graph.findings,
    ...timezoneFindings(graph),
    ...connectionFindings(graph, (id) => known.connection(id)),
    ...before,
    ...walk.findings,
    ...channelFindings(graph, walk),
    ...(tree ? placementFindings(tree, (id) => graph.nodes.get(id)?.name ?? { en: id, ko: id }) : []),
  ]
  const found = inOrder(
    withoutDoubles(findings.map((finding) => toProblem(withFix(finding, { graph, walk, known })))),
    graph.order,
  )
  // A node that is not in the walk has a problem, or stands behind one that has; a plan without it would quietly do less.
  const isSound = found.every(({ severity }) => severity !== 'error') && graph.order.every((id) => walk.nodes[id])
  const plan = isSound && tree ? planOf({ walk, tree, timezone }) : null
  const nameOf = (id: string): Localized => graph.nodes.get(id)?.name ?? { en: id, ko: id }
  const compiled: Compiled = {
    plan,
    isPart: [...graph.nodes.values()].some(({ source }) => source.type === PART_INPUT),
    problems: found.map((problem) => atOuter(problem, { steps: graph.steps, nameOf })),
    columns: { ...walk.columns, ...outerColumns(graph, walk) },
    summaries: { ...walk.summaries, ...outerSummaries(graph) },
  }
  return { compiled, walk, found }
}

/** The part of the graph that runs, where it is clear which one that is: sources, and every node below them known. */
function treeIn(graph: Graph, walk: Walk): Tree | null {
  const sources = sourcesIn(graph, walk)
  if (sources.length === 0) return null
  const wires = graph.wires.filter(({ from, to }) => walk.nodes[from] && walk.nodes[to])
  return treeOf({ sources, nodes: walk.nodes, order: graph.order.filter((id) => walk.nodes[id]), wires })
}

/** What gives the rows: the sources; where there is none, the trigger whose events are rows. */
function sourcesIn(graph: Graph, walk: Walk): string[] {
  const known = graph.order.flatMap((id) => walk.nodes[id] ?? [])
  const sources = known.filter(({ type }) => type.role === 'source')
  if (sources.length > 0) return sources.map(({ id }) => id)
  const isMissing = [...graph.nodes.values()].some(({ registered }) => registered?.type.role === 'source')
  const event = isMissing ? undefined : known.find(({ type }) => type.event !== undefined)
  return event ? [event.id] : []
}

function planOf({ walk, tree, timezone }: { walk: Walk; tree: Tree; timezone: string }): Plan | null {
  const trigger = Object.values(walk.nodes).find(({ type }) => type.role === 'trigger')
  // Every workflow without errors has a trigger, and a channel that the source leads to (or `input-missing` would have said so).
  if (!trigger || !tree.sources.every((id) => tree.ids.includes(id))) return null
  return { nodes: walk.nodes, trigger: trigger.id, ...stagesOf(tree), timezone }
}

/** Problems of the workflow first, then in the order in which its steps run. */
function inOrder(problems: readonly Problem[], order: readonly string[]): Problem[] {
  const places = new Map(order.map((id, index) => [id, index]))
  const place = ({ nodeId }: Problem): number => (nodeId === undefined ? -1 : (places.get(nodeId) ?? -1))
  return problems.toSorted((a, b) => place(a) - place(b))
}
