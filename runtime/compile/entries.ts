import type { Wire } from './plan.ts'
import { above, isChannel, isMerge, isWait, type Tree } from './tree.ts'

/** Wires out of one port over which the same rows begin a stage: more than one where they meet again in a merge. */
export type Entry = readonly [Wire, ...Wire[]]

/**
 * Wires that leave a stage, those together that carry copies of the same rows to a merge: only a stage that has both copies at hand can
 * take each person once.
 */
export function entriesOf(tree: Tree, wires: readonly Wire[]): Entry[] {
  const entries: [Wire, ...Wire[]][] = []
  for (const wire of wires) {
    const together = entries.filter((entry) => entry.some((one) => isSamePort(one, wire) && meet(tree, one, wire)))
    const [first, ...others] = together
    if (!first) entries.push([wire])
    else {
      first.push(...others.flat(), wire)
      for (const other of others) entries.splice(entries.indexOf(other), 1)
    }
  }
  return entries
}

/** A merge outside `audience` into which copies of one row lead that part inside it: no stage has both at hand. */
export function partedCopies(tree: Tree, id: string, audience: ReadonlySet<string>): string | null {
  for (const from of audience) {
    for (const wires of Map.groupBy(tree.wiresFrom(from), ({ fromPort }) => fromPort).values()) {
      const leading = wires.filter(({ to }) => mergesFrom(tree, to).has(id))
      if (leading.length > 1 && leading.some(({ to }) => audience.has(to))) return from
    }
  }
  return null
}

/** A merge to which copies of one row come at different times, since one of them waits on its way: no stage has both at hand. */
export function partedByWait(tree: Tree, id: string): string | null {
  const before = above(tree, id)
  for (const from of before) {
    for (const wires of Map.groupBy(tree.wiresFrom(from), ({ fromPort }) => fromPort).values()) {
      const leading = wires.filter(({ to }) => mergesFrom(tree, to).has(id))
      const waits = leading.some(({ to }) => [...reachedFrom(tree, to)].some((one) => before.includes(one) && isWait(tree, one)))
      if (leading.length > 1 && waits) return from
    }
  }
  return null
}

function isSamePort(one: Wire, other: Wire): boolean {
  return one.from === other.from && one.fromPort === other.fromPort
}

function meet(tree: Tree, one: Wire, other: Wire): boolean {
  const merges = mergesFrom(tree, one.to)
  return [...mergesFrom(tree, other.to)].some((id) => merges.has(id))
}

/** Merges that rows reach from a node before they are sent, the node itself among them. */
function mergesFrom(tree: Tree, id: string): Set<string> {
  return new Set([...reachedFrom(tree, id)].filter((one) => isMerge(tree, one)))
}

/** What rows reach from a node before they are sent, the node itself among it. */
function reachedFrom(tree: Tree, id: string): Set<string> {
  const reached = new Set([id])
  for (const at of reached) if (!isChannel(tree, at)) for (const { to } of tree.wiresFrom(at)) reached.add(to)
  return reached
}
