import type { GraphWire } from './graph-edges.ts'

export interface Order {
  /** All nodes; sources before what they lead to. Nodes in or behind a circle come last. */
  readonly ids: readonly string[]
  /** The members of each circle, in the order of its lines. */
  readonly circles: readonly (readonly string[])[]
}

/** Topological order (ties: the document's order), and the circles that prevent one. */
export function orderOf(ids: readonly string[], wires: readonly GraphWire[]): Order {
  const targets = Map.groupBy(wires, ({ from }) => from)
  const waiting = new Map(ids.map((id) => [id, 0]))
  for (const { to } of wires) waiting.set(to, (waiting.get(to) ?? 0) + 1)
  const done = new Set(ids.filter((id) => waiting.get(id) === 0))
  // The set grows while it is walked: what became free is visited, too.
  for (const id of done) {
    for (const { to } of targets.get(id) ?? []) {
      const left = (waiting.get(to) ?? 0) - 1
      waiting.set(to, left)
      if (left === 0) done.add(to)
    }
  }
  const stuck = ids.filter((id) => !done.has(id))
  return { ids: [...done, ...stuck], circles: circlesIn(stuck, targets) }
}

/** One circle for each group of nodes that reach each other. */
function circlesIn(ids: readonly string[], targets: ReadonlyMap<string, readonly GraphWire[]>): string[][] {
  const circles: string[][] = []
  const told = new Set<string>()
  for (const id of ids) {
    if (told.has(id)) continue
    const circle = wayBack(id, targets)
    if (!circle) continue
    circles.push(circle)
    for (const member of circle) told.add(member)
  }
  return circles
}

/** The shortest way from a node back to itself. */
function wayBack(start: string, targets: ReadonlyMap<string, readonly GraphWire[]>): string[] | null {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const id of queue) {
    for (const { to } of targets.get(id) ?? []) {
      if (to === start) return path(id, { start, cameFrom })
      if (cameFrom.has(to)) continue
      cameFrom.set(to, id)
      queue.push(to)
    }
  }
  return null
}

function path(end: string, { start, cameFrom }: { start: string; cameFrom: ReadonlyMap<string, string> }): string[] {
  const steps = [end]
  for (let at = end; at !== start;) {
    at = cameFrom.get(at) ?? start
    steps.push(at)
  }
  return steps.toReversed()
}
