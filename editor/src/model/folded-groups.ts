import type { Problem } from '#schemas/problem.ts'
import type { RunNode } from '#schemas/run.ts'
import type { WorkflowDocument, WorkflowEdge, WorkflowGroup } from '#schemas/workflow.ts'
import type { MarksChange } from './change-marks.ts'
import { groupName, type MarkName, readMark } from './marks.ts'
import type { Way } from './walk.ts'

/** A port of a step inside of a folded group that a line leads over the group's edge to or from. */
export interface GroupWay {
  /** As the port of the group's card is called (`STEP PORT`: an id has no blank). */
  readonly name: string
  readonly nodeId: string
  readonly port: string
}

/** Where a line is drawn: from port to port of cards. */
export interface DrawnEnds {
  readonly source: string
  readonly sourcePort: string
  readonly target: string
  readonly targetPort: string
}

const none: readonly WorkflowGroup[] = []
const known = new WeakMap<readonly WorkflowGroup[], ReadonlyMap<string, MarkName>>()

/** Steps that are not drawn, each with the card of the folded group that stands for it. */
export function foldedSteps({
  groups = none,
}: {
  readonly groups?: readonly WorkflowGroup[] | undefined
}): ReadonlyMap<string, MarkName> {
  const old = known.get(groups)
  if (old !== undefined) return old
  const made = new Map(
    groups.flatMap(({ id, steps, folded }) => (folded === true ? steps.map((step) => [step, groupName(id)] as const) : [])),
  )
  known.set(groups, made)
  return made
}

/** The group around a step that is folded; null: the step is drawn. */
export function foldedAround(document: Pick<WorkflowDocument, 'groups'>, nodeId: string): string | null {
  const card = foldedSteps(document).get(nodeId)
  return card === undefined ? null : (readMark(card)?.id ?? null)
}

const wayName = (nodeId: string, port: string): string => `${nodeId} ${port}`

/** Where a line is drawn while groups are folded; null: it lies inside of one of them. */
export function drawnEnds(edge: WorkflowEdge, folded: ReadonlyMap<string, MarkName>): DrawnEnds | null {
  const [from, to] = [folded.get(edge.source), folded.get(edge.target)]
  if (from !== undefined && from === to) return null
  const { source, sourcePort, target, targetPort } = edge
  return {
    ...(from === undefined ? { source, sourcePort } : { source: from, sourcePort: wayName(source, sourcePort) }),
    ...(to === undefined ? { target, targetPort } : { target: to, targetPort: wayName(target, targetPort) }),
  }
}

/** The step and port that are meant by an end of a drawn line. */
export function realEnd(card: string, port: string): { readonly nodeId: string; readonly port: string } {
  const blank = port.indexOf(' ')
  if (readMark(card) === null || blank < 0) return { nodeId: card, port }
  return { nodeId: port.slice(0, blank), port: port.slice(blank + 1) }
}

/** The ways into a group and out of it, each port once, in the order of the lines. */
export function waysOf(
  { steps }: Pick<WorkflowGroup, 'steps'>,
  edges: readonly WorkflowEdge[],
): { readonly in: readonly GroupWay[]; readonly out: readonly GroupWay[] } {
  const inside = new Set(steps)
  const ways = { in: new Map<string, GroupWay>(), out: new Map<string, GroupWay>() }
  const add = (side: 'in' | 'out', nodeId: string, port: string) => {
    const name = wayName(nodeId, port)
    ways[side].set(name, { name, nodeId, port })
  }
  for (const { source, sourcePort, target, targetPort } of edges) {
    if (inside.has(source) === inside.has(target)) continue
    if (inside.has(source)) add('out', source, sourcePort)
    else add('in', target, targetPort)
  }
  return { in: [...ways.in.values()], out: [...ways.out.values()] }
}

/** Where an arrow leads from the card of a folded group: along its first line out of it, or back along the first one into it. */
export function leadsTo({ steps }: Pick<WorkflowGroup, 'steps'>, edges: readonly WorkflowEdge[], way: Way): string | null {
  const inside = new Set(steps)
  const over = edges.filter(({ source, target }) => inside.has(source) !== inside.has(target))
  if (way === 'onward' || way === 'next') return over.find(({ source }) => inside.has(source))?.target ?? null
  return over.find(({ target }) => inside.has(target))?.source ?? null
}

/** Rows that went over the edge of a group in a run, by way; a way of which nothing is known is left out. */
export function countsOfWays(
  { steps }: Pick<WorkflowGroup, 'steps'>,
  edges: readonly WorkflowEdge[],
  nodes: Readonly<Record<string, RunNode>>,
): { readonly in: Readonly<Record<string, number>>; readonly out: Readonly<Record<string, number>> } {
  const inside = new Set(steps)
  const counts = { in: {} as Record<string, number>, out: {} as Record<string, number> }
  for (const { source, sourcePort, target, targetPort } of edges) {
    const rows = nodes[source]?.out[sourcePort]
    if (rows === undefined || inside.has(source) === inside.has(target)) continue
    const into = wayName(target, targetPort)
    // Several lines lead out of one port: what left it is counted once.
    if (inside.has(source)) counts.out[wayName(source, sourcePort)] = rows
    else counts.in[into] = (counts.in[into] ?? 0) + rows
  }
  return counts
}

/** How much is wrong, and how bad the worst of it is; null: nothing that a person must look at. */
export function worstOf(problems: readonly Problem[]): { readonly count: number; readonly worst: 'error' | 'warning' } | null {
  const serious = problems.filter(({ severity }) => severity !== 'info')
  if (serious.length === 0) return null
  return { count: serious.length, worst: serious.some(({ severity }) => severity === 'error') ? 'error' : 'warning' }
}

/** Folds groups, or unfolds them. Null: they are as wished. */
export function folding(document: WorkflowDocument, groupIds: readonly string[], fold: boolean): MarksChange | null {
  const wanted = (document.groups ?? []).filter(({ id, folded }) => groupIds.includes(id) && (folded === true) !== fold)
  if (wanted.length === 0) return null
  const groups = (document.groups ?? []).map((group): WorkflowGroup => {
    if (!wanted.includes(group)) return group
    const { folded: _old, ...open } = group
    return fold ? { ...open, folded: true } : open
  })
  return { kind: 'marks', groups }
}
