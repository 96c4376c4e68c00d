import { waitPort } from '#runtime/flow/waits.ts'
import type { PlanNode, SendStage, Wire } from './plan.ts'

/**
 * What leads from the sources to channels. Where no merge stands it is a tree, since any other input takes one line. Branches that end
 * without a channel are cut off.
 */
export interface Tree {
  /** In the order in which they are read. */
  readonly sources: readonly string[]
  /** In topological order. */
  readonly ids: readonly string[]
  node(id: string): PlanNode
  /** Wires that leave a node, in the order of its lines. */
  wiresFrom(id: string): readonly Wire[]
  wiresInto(id: string): readonly Wire[]
}

interface TreeOptions {
  readonly sources: readonly string[]
  readonly nodes: Readonly<Record<string, PlanNode>>
  /** Node ids in topological order. */
  readonly order: readonly string[]
  readonly wires: readonly Wire[]
}

export function treeOf({ sources, nodes, order, wires }: TreeOptions): Tree {
  const node = (id: string): PlanNode => {
    const found = nodes[id]
    if (!found) throw new Error(`The graph has no node "${id}"`)
    return found
  }
  const outOf = Map.groupBy(wires, ({ from }) => from)
  const reached = new Set(sources)
  for (const id of reached) for (const { to } of outOf.get(id) ?? []) reached.add(to)
  // From the end: a node is of use if it is a channel, or leads to one of use.
  const useful = new Set<string>()
  for (const id of order.toReversed()) {
    if (!reached.has(id)) continue
    if (node(id).type.role === 'channel' || (outOf.get(id) ?? []).some(({ to }) => useful.has(to))) useful.add(id)
  }
  const live = wires
    .filter(({ from, to }) => useful.has(from) && useful.has(to))
    .map(({ from, fromPort, to, toPort }) => ({ from, fromPort, to, toPort }))
  const byFrom = Map.groupBy(live, ({ from }) => from)
  const byTo = Map.groupBy(live, ({ to }) => to)
  const wiresInto = (id: string): Wire[] => byTo.get(id) ?? []
  const used = sources.filter((id) => useful.has(id))
  return {
    sources: inReadingOrder(used.length > 0 ? used : sources, { wiresInto, order }),
    ids: order.filter((id) => useful.has(id)),
    node,
    wiresFrom: (id) => byFrom.get(id) ?? [],
    wiresInto,
  }
}

/** The first line into a merge is read first: who is on several lists counts as of that one. */
export function inReadingOrder(
  sources: readonly string[],
  { wiresInto, order }: { wiresInto: (id: string) => readonly Wire[]; order: readonly string[] },
): string[] {
  if (sources.length < 2) return [...sources]
  const found = new Set<string>()
  const seen = new Set<string>()
  const visit = (id: string): void => {
    if (seen.has(id)) return
    seen.add(id)
    if (sources.includes(id)) found.add(id)
    for (const { from } of wiresInto(id)) visit(from)
  }
  for (const id of order) if (wiresInto(id).length > 1) visit(id)
  return [...found, ...sources.filter((id) => !found.has(id))]
}

/** Nodes above a node, the nearest first, up to the sources. */
export function above(tree: Tree, id: string): string[] {
  const ids = new Set(tree.wiresInto(id).map(({ from }) => from))
  for (const one of ids) for (const { from } of tree.sources.includes(one) ? [] : tree.wiresInto(one)) ids.add(from)
  return [...ids]
}

/**
 * Does a node reshape the rows: drop, fork, merge, order all of them, or let them wait? What does cannot stand beside others between a chunk and its
 * channel: it makes new chunks.
 */
export function isShaping(tree: Tree, id: string): boolean {
  const { type } = tree.node(id)
  if (type.role !== 'transform') return false
  const ports = tree.wiresFrom(id).map(({ fromPort }) => fromPort)
  // With several ways out, rows may leave at one that leads nowhere.
  const ways = Object.keys(type.ports.out).filter((port) => port !== 'failed').length
  return (
    type.scope === 'audience' ||
    type.drops === true ||
    type.wait !== undefined ||
    isMerge(tree, id) ||
    Math.max(ways, ports.length) > 1 ||
    ports.includes('failed')
  )
}

/** Does a node let its rows wait? */
export function isWait(tree: Tree, id: string): boolean {
  return tree.node(id).type.wait !== undefined
}

type Waited = SendStage['waited']

/**
 * Did those who come to a node wait at a step above? `some`: where lines met, some did and some came straight. (Who left such a step because
 * the time was over did not wait there.)
 */
export function waitedAbove(tree: Tree, id: string): Waited {
  const known = new Map<string, Waited>()
  const before = (node: string): Waited => {
    const ways = new Set(tree.wiresInto(node).map(over))
    const [only = 'none', other] = ways
    return other === undefined ? only : 'some'
  }
  const over = ({ from, fromPort }: Wire): Waited => {
    if (waitPort(tree.node(from).type) === fromPort) return 'all'
    const found = known.get(from) ?? (tree.sources.includes(from) ? 'none' : before(from))
    known.set(from, found)
    return found
  }
  return before(id)
}

export function isMerge(tree: Tree, id: string): boolean {
  return tree.node(id).type.merges !== undefined
}

/** Does a node ask something outside for each row? (A source does not: it asks once.) */
export function isRead(tree: Tree, id: string): boolean {
  const { type } = tree.node(id)
  return type.role === 'transform' && type.effect === 'read'
}

export function isChannel(tree: Tree, id: string): boolean {
  return tree.node(id).type.role === 'channel'
}
