import type { PlanNode, Wire } from '#runtime/compile/plan.ts'
import { FAILED_COLUMNS } from '#runtime/ports.ts'
import type { FailedRow, Row } from '#runtime/sdk/index.ts'
import type { Given, Item } from './check-outputs.ts'
import type { Flow, FlowOptions, FlowSinks } from './flow-contract.ts'
import { rowOf } from './message.ts'
import { openNode, type OpenedNode } from './opened-node.ts'

/** Rows that move together, at most; a node that gives more at once (a sort at its end) is cut into such batches. */
const BATCH = 1_000

/**
 * Opens a part of the graph. Rows that are pushed in at a node run through it and along its wires, depth first, each step awaited:
 * nothing piles up, and when `push` returns all of the batch is at the sinks or kept by an audience node.
 * Throws AppErrors that `nodeOfError` tells the node of: what a node threw, or the promise that it broke (`node-lost-rows` …).
 */
export async function createFlow(options: FlowOptions): Promise<Flow> {
  const opened = new Map<string, OpenedNode>()
  for (const id of options.nodes) opened.set(id, await openNode(planNode(options, id), options.context(id)))
  const route = router(options, (wire, items) => feed(wire, items))

  const run = async (nodeId: string, work: () => Promise<Given | null>): Promise<void> => {
    const startedAt = performance.now()
    const given = await work()
    options.sinks.took?.(nodeId, performance.now() - startedAt)
    if (given) await deliver(nodeId, given, { route, sinks: options.sinks })
  }

  const feed = async (to: Pick<Wire, 'to' | 'toPort'>, items: readonly Item[]): Promise<void> => {
    const node = opened.get(to.to)
    if (!node) throw new Error(`The flow has no node "${to.to}" to push rows into`)
    // A message that goes into an input for rows loses its text.
    const fit = node.take(to.toPort, node.ports.in[to.toPort]?.kind === 'rows' ? items.map(rowOf) : items)
    const copies = items.length - fit.length
    if (copies > 0) {
      options.sinks.count?.(to.to, null, copies)
      options.sinks.count?.(to.to, 'joined', copies)
    }
    for (let from = 0; from < fit.length; from += BATCH) {
      const batch = fit.length <= BATCH ? fit : fit.slice(from, from + BATCH)
      options.sinks.count?.(to.to, null, batch.length)
      options.sinks.seen?.({ nodeId: to.to, side: 'in', port: to.toPort }, batch)
      await run(to.to, () => node.process(to.toPort, batch))
    }
  }

  return {
    push: (nodeId, port, items) => feed({ to: nodeId, toPort: port }, items),
    emit: (nodeId, port, items) => deliver(nodeId, emitted(port, items), { route, sinks: options.sinks }),
    async finish() {
      // In topological order: what a node gives at its end still runs through those behind it.
      for (const id of options.nodes) await run(id, async () => (await opened.get(id)?.finish()) ?? null)
    },
  }
}

function planNode({ plan }: FlowOptions, id: string): PlanNode {
  const node = plan.nodes[id]
  if (!node) throw new Error(`The plan has no node "${id}"`)
  return node
}

function emitted(port: string, items: readonly Item[]): Given {
  return { ports: [[port, items]], failed: [], skipped: [], total: items.length }
}

interface Route {
  /** Sends items of an output port along its wires and to the outlet. False: it leads nowhere. */
  (nodeId: string, port: string, items: readonly Item[]): Promise<boolean>
}

/** Where each output port of this part leads: wires to nodes inside it, and at most one outlet. */
function router(
  { nodes, wires, outlets, sinks }: FlowOptions,
  feed: (wire: Wire, items: readonly Item[]) => Promise<void>,
): Route {
  const inside = new Set(nodes)
  const ways = new Map<string, Wire[]>()
  for (const wire of wires) {
    if (!inside.has(wire.to)) continue
    const key = `${wire.from} ${wire.fromPort}`
    ways.set(key, [...(ways.get(key) ?? []), wire])
  }
  const leaving = new Set(outlets.map(({ from, fromPort }) => `${from} ${fromPort}`))
  return async (nodeId, port, items) => {
    const key = `${nodeId} ${port}`
    const found = ways.get(key)
    for (const wire of found ?? []) await feed(wire, items)
    if (!leaving.has(key)) return found !== undefined
    await sinks.outlet(nodeId, port, items)
    return true
  }
}

async function deliver(nodeId: string, given: Given, { route, sinks }: { route: Route; sinks: FlowSinks }): Promise<void> {
  for (const [port, items] of given.ports) {
    if (items.length === 0) continue
    sinks.count?.(nodeId, port, items.length)
    sinks.seen?.({ nodeId, side: 'out', port }, items)
    await route(nodeId, port, items)
  }
  if (given.failed.length > 0) {
    sinks.count?.(nodeId, 'failed', given.failed.length)
    const rows = given.failed.map(withError)
    sinks.seen?.({ nodeId, side: 'out', port: 'failed' }, rows)
    if (!(await route(nodeId, 'failed', rows))) await sinks.failed(nodeId, given.failed)
  }
  if (given.skipped.length > 0) {
    sinks.count?.(nodeId, 'skipped', given.skipped.length)
    await sinks.skipped(nodeId, given.skipped)
  }
}

/** The row as the `failed` port gives it. The message is Korean: what follows that port is read by the people of the company. */
function withError({ row, error }: FailedRow): Row {
  return { ...row, [FAILED_COLUMNS.code]: error.code, [FAILED_COLUMNS.message]: error.text.ko }
}
