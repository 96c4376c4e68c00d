import type { Plan, PlanNode } from '#runtime/compile/plan.ts'
import type { RunNode } from '#schemas/run.ts'
import { isWithin, outermost, PART_ENTRY, PART_EXIT, PART_PORT } from '#schemas/sub-workflow.ts'

type Counts = Readonly<Record<string, RunNode>>

/** What went in and out of each step that is a workflow: the sum of its inner steps. */
export function outerNodes(plan: Plan, nodes: Counts): Record<string, RunNode> {
  const inner = Object.values(plan.nodes).filter(({ id }) => outermost(id) !== id)
  return Object.fromEntries(
    [...new Set(inner.map(({ id }) => outermost(id)))].map((outer) => [outer, sumOf(outer, { inner, nodes, plan })]),
  )
}

interface Ran {
  readonly plan: Plan
  readonly inner: readonly PlanNode[]
  readonly nodes: Counts
}

function sumOf(outer: string, { plan, inner, nodes }: Ran): RunNode {
  const within = inner.filter(({ id }) => isWithin(id, outer))
  const counts = within.flatMap(({ id }) => nodes[id] ?? [])
  const border = (type: string): PlanNode[] =>
    within.filter((node) => node.type.type === type && node.id.lastIndexOf('/') === outer.length)
  const states: Record<string, number> = {}
  for (const node of counts)
    for (const [state, count] of Object.entries(node.states ?? {})) states[state] = (states[state] ?? 0) + count
  const sum = (read: (node: RunNode) => number | undefined): number =>
    counts.reduce((total, node) => total + (read(node) ?? 0), 0)
  const waiting = waitingIn(counts)
  // A way out that leads nowhere is no part of the plan: nobody counted who would have gone there.
  const exits = border(PART_EXIT).filter(({ id }) => plan.stages.some(({ nodes: own }) => own.includes(id)))
  const skipped = sum(({ out }) => out.skipped)
  return {
    in: border(PART_ENTRY).reduce((total, { id }) => total + (nodes[id]?.in ?? 0), 0),
    out: {
      ...Object.fromEntries(exits.map(({ id }) => [id.slice(outer.length + 1), nodes[id]?.out[PART_PORT] ?? 0])),
      ...(skipped > 0 && { skipped }),
    },
    ...(Object.keys(states).length > 0 && { states }),
    ...(counts.some(({ statements }) => statements !== undefined) && {
      statements: sum(({ statements }) => statements),
      databaseMs: sum(({ databaseMs }) => databaseMs),
    }),
    ...(waiting && { waiting }),
  }
}

function waitingIn(counts: readonly RunNode[]): RunNode['waiting'] | null {
  const waits = counts.flatMap(({ waiting }) => waiting ?? [])
  const firsts = waits.map(({ first }) => first).toSorted()
  const lasts = waits.map(({ last }) => last).toSorted()
  const [first, last] = [firsts[0], lasts.at(-1)]
  if (first === undefined || last === undefined) return null
  return { count: waits.reduce((sum, { count }) => sum + count, 0), first, last }
}
