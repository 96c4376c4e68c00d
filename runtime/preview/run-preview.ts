import type { Language } from '#schemas/localized.ts'
import type { PreviewMessage } from '#schemas/preview.ts'
import type { PlanNode, Wire } from '#runtime/compile/plan.ts'
import type { Walk } from '#runtime/compile/walk.ts'
import { nodeContext } from '#runtime/flow/context.ts'
import { createFlow } from '#runtime/flow/flow.ts'
import type { Flow } from '#runtime/flow/flow-contract.ts'
import { caught } from '#runtime/flow/node-error.ts'
import { numbered } from '#runtime/flow/recipient.ts'
import type { Host } from '#runtime/host.ts'
import { portsOf } from '#runtime/ports.ts'
import type { Message, NodeContext, Row } from '#runtime/sdk/index.ts'
import { openPreviewChannel, type PreviewChannel } from './messages.ts'
import type { Recorder } from './recorder.ts'
import type { Runnable } from './runnable.ts'

interface PreviewRun {
  readonly runnable: Runnable
  readonly walk: Walk
  /** There is no provider among them, and no registry that could give one. */
  readonly deps: { readonly host: Host; readonly limit: number; readonly signal: AbortSignal }
  readonly timezone: string
  readonly language: Language
  readonly recorder: Recorder
  /** Texts are added here as they are made. */
  readonly messages: PreviewMessage[]
}

/** Reads the first rows and sends them through the graph. Throws AppErrors that know their node; what was seen until then is recorded. */
export async function runPreview(run: PreviewRun): Promise<void> {
  const { runnable, walk, recorder } = run
  const { source, transforms, channels, wires } = runnable
  const toChannel = wires.filter(({ to }) => channels.includes(to))
  // The flow exists before the channels' ways out are followed, and the channels before the flow's rows come: one refers to the other.
  const behind: { flow: Flow | null } = { flow: null }
  const deliver = await openChannels(run, (wire, items) => behind.flow?.push(wire.to, wire.toPort, items))
  const flow = await createFlow({
    plan: { nodes: walk.nodes },
    nodes: transforms,
    wires: wires.filter(({ from }) => !channels.includes(from)),
    outlets: toChannel.filter(({ from }) => !channels.includes(from)),
    context: (nodeId) => contextOf(run, planNode(run, nodeId)),
    sinks: {
      outlet: (from, port, items) => deliver(from, port, items),
      failed: (nodeId, rows) => recorder.failed(nodeId, rows),
      skipped: (nodeId, rows) => recorder.skipped(nodeId, rows),
      seen: recorder.seen,
      took: (nodeId, ms) => recorder.took(nodeId, ms),
    },
  })
  behind.flow = flow
  const { rows, more } = await readFirst(run)
  const port = Object.entries(portsOf(source.type).out).find(([, { kind }]) => kind === 'rows')?.[0] ?? 'rows'
  await flow.emit(source.id, port, rows)
  await flow.finish()
  if (more) recorder.moreToCome()
}

function planNode({ walk }: PreviewRun, id: string): PlanNode {
  const node = walk.nodes[id]
  if (!node) throw new Error(`The preview has no node "${id}"`)
  return node
}

function contextOf({ deps, timezone, recorder }: PreviewRun, node: PlanNode, maxRows?: number): NodeContext {
  const { host, signal } = deps
  return nodeContext({
    host,
    node,
    signal,
    timezone,
    preview: true,
    ...(maxRows !== undefined && { maxRows }),
    run: { startedAt: host.clock.now().toISOString(), previousRunAt: null, trigger: {} },
    template: null,
    report: ({ statements }) => recorder.cost(node.id, statements),
  })
}

/** One row more than wanted is asked for: it tells whether there are more. */
async function readFirst(run: PreviewRun): Promise<{ rows: Row[]; more: boolean }> {
  const { source } = run.runnable
  const { limit } = run.deps
  const context = contextOf(run, source, limit + 1)
  const rows: Row[] = []
  const startedAt = performance.now()
  try {
    for await (const batch of source.type.read?.(source.config, context) ?? []) {
      rows.push(...batch)
      if (rows.length > limit) break
    }
  } catch (error) {
    throw caught(source.id, error, context)
  } finally {
    run.recorder.took(source.id, performance.now() - startedAt)
  }
  return { rows: rows.slice(0, limit).map((row, index) => numbered(row, index + 1)), more: rows.length > limit }
}

type Deliver = (from: string, port: string, items: readonly (Row | Message)[]) => Promise<void>

/** Opens the channels. What arrives at one becomes texts, and goes on along its own ways out: to the texts of its fallback. */
async function openChannels(
  run: PreviewRun,
  push: (wire: Wire, items: readonly Message[]) => Promise<void> | undefined,
): Promise<Deliver> {
  const { channels, wires } = run.runnable
  const opened = new Map<string, PreviewChannel>()
  for (const id of channels) {
    const node = planNode(run, id)
    const context = contextOf(run, node)
    try {
      opened.set(id, openPreviewChannel({ node, context, isFallback: isFallback(id, wires, run.walk), language: run.language }))
    } catch (error) {
      throw caught(id, error, context)
    }
  }
  const deliver: Deliver = async (from, port, items) => {
    for (const wire of wires) {
      const channel = wire.from === from && wire.fromPort === port ? opened.get(wire.to) : undefined
      if (!channel) continue
      run.recorder.seen({ nodeId: wire.to, side: 'in', port: wire.toPort }, items)
      const composed = items.map(channel)
      run.messages.push(...composed.map(({ shown }) => shown))
      const sent = composed.flatMap(({ message }) => (message ? [message] : []))
      for (const next of wires.filter((one) => one.from === wire.to)) {
        if (opened.has(next.to)) continue
        await push(next, sent)
      }
      for (const nextPort of new Set(wires.filter((one) => one.from === wire.to).map(({ fromPort }) => fromPort)))
        await deliver(wire.to, nextPort, sent)
    }
  }
  return deliver
}

/** Does a channel stand behind the `undelivered` of another one? */
function isFallback(id: string, wires: readonly Wire[], walk: Walk): boolean {
  for (let wire = wires.find(({ to }) => to === id); wire; wire = wires.find(({ to }) => to === wire?.from))
    if (wire.fromPort === 'undelivered' && walk.nodes[wire.from]?.type.role === 'channel') return true
  return false
}
