import type { PlanNode, Wire } from './plan.ts'

/** What leads from the source to channels. A node has one input for rows, so this is a tree; branches that end without a channel are cut off. */
export interface Tree {
  readonly source: string
  /** In topological order, the source first. */
  readonly ids: readonly string[]
  node(id: string): PlanNode
  /** Wires that leave a node, in the order of its ports. */
  wiresFrom(id: string): readonly Wire[]
  wireInto(id: string): Wire | null
}

interface TreeOptions {
  readonly source: string
  readonly nodes: Readonly<Record<string, PlanNode>>
  /** Node ids in topological order. */
  readonly order: readonly string[]
  readonly wires: readonly Wire[]
}

export function treeOf({ source, nodes, order, wires }: TreeOptions): Tree {
  const node = (id: string): PlanNode => {
    const found = nodes[id]
    if (!found) throw new Error(`The graph has no node "${id}"`)
    return found
  }
  const outOf = Map.groupBy(wires, ({ from }) => from)
  const reached = new Set([source])
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
  const byTo = new Map(live.map((wire) => [wire.to, wire]))
  return {
    source,
    ids: order.filter((id) => useful.has(id)),
    node,
    wiresFrom: (id) => byFrom.get(id) ?? [],
    wireInto: (id) => byTo.get(id) ?? null,
  }
}

/** Nodes above a node, the nearest first, up to the source. */
export function above(tree: Tree, id: string): string[] {
  const ids: string[] = []
  for (let wire = tree.wireInto(id); wire; wire = tree.wireInto(wire.from)) {
    ids.push(wire.from)
    if (wire.from === tree.source) break
  }
  return ids
}

/**
 * Does a node reshape the rows: drop, fork, or order all of them? What does cannot stand beside others between a chunk and its channel:
 * it makes new chunks.
 */
export function isShaping(tree: Tree, id: string): boolean {
  const { type } = tree.node(id)
  if (type.role !== 'transform') return false
  const ports = tree.wiresFrom(id).map(({ fromPort }) => fromPort)
  return type.scope === 'audience' || type.drops === true || ports.length > 1 || ports.includes('failed')
}

/** Does a node ask something outside for each row? (The source does not: it asks once.) */
export function isRead(tree: Tree, id: string): boolean {
  const { type } = tree.node(id)
  return type.role === 'transform' && type.effect === 'read'
}

export function isChannel(tree: Tree, id: string): boolean {
  return tree.node(id).type.role === 'channel'
}
