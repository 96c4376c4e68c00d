import type { Language } from '#schemas/localized.ts'
import type { PlanNode, Wire } from '#runtime/compile/plan.ts'
import type { Walk } from '#runtime/compile/walk.ts'
import { nodeContext } from '#runtime/flow/context.ts'
import { createFlow } from '#runtime/flow/flow.ts'
import type { Flow } from '#runtime/flow/flow-contract.ts'
import { caught } from '#runtime/flow/node-error.ts'
import { numbered } from '#runtime/flow/recipient.ts'
import type { Host } from '#runtime/host.ts'
import { rowsPort } from '#runtime/ports.ts'
import type { Message, NodeContext, Row } from '#runtime/sdk/index.ts'
import { openPreviewChannel, type ComposedItem, type PreviewChannel } from './messages.ts'
import type { Recorder } from './recorder.ts'
import type { Runnable } from './runnable.ts'
import { sampledSource, type PinnedSamples } from './samples.ts'

/** Who looks on while people go through the graph. */
export type Witness = Pick<Recorder, 'seen' | 'took' | 'cost' | 'failed' | 'skipped' | 'moreToCome'> & {
  /** Texts, as they are made. */
  messages(made: readonly ComposedItem[]): void
  /** So many people were read until now; what is awaited here slows the reading down. */
  read?(people: number): Promise<void> | void
}

interface PreviewRun {
  readonly runnable: Runnable
  readonly walk: Walk
  /** There is no provider among them, and no registry that could give one. `all`: the source is read in a stream, not asked for a few rows. */
  readonly deps: {
    readonly host: Host
    readonly limit: number
    readonly all?: boolean
    readonly signal: AbortSignal
    /** What is pinned is shown whole, whatever the limit: a person chose it. */
    readonly samples?: PinnedSamples
  }
  readonly timezone: string
  readonly language: Language
  readonly witness: Witness
}

/**
 * Reads the first rows (`limit`) and sends them through the graph. Throws AppErrors that know their node; what was seen until then is
 * known to the witness.
 */
export async function runPreview(run: PreviewRun): Promise<void> {
  const { runnable, walk, witness } = run
  const { sources, transforms, channels, wires } = runnable
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
      failed: (nodeId, rows) => witness.failed(nodeId, rows),
      skipped: (nodeId, rows) => witness.skipped(nodeId, rows),
      seen: witness.seen,
      took: (nodeId, ms) => witness.took(nodeId, ms),
    },
  })
  behind.flow = flow
  let before = 0
  let asked = 0
  let more = false
  for (const [at, source] of sources.entries()) {
    const pinned = run.deps.samples?.rowsOf(sampledSource(source, walk)) ?? null
    // Of each list something is shown: what the first ones left of the limit is shared by the others.
    const left = run.deps.limit - asked
    const limit = pinned?.length ?? (run.deps.all === true ? left : Math.ceil(left / (sources.length - at)))
    const emit = (rows: Row[]) => flow.emit(source.id, rowsPort(source.type), rows)
    const read = await readPeople(run, { source, pinned, limit, before, emit })
    before += read.people
    if (pinned === null) asked += read.people
    more ||= read.more
  }
  await flow.finish()
  if (more) witness.moreToCome()
}

function planNode({ walk }: PreviewRun, id: string): PlanNode {
  const node = walk.nodes[id]
  if (!node) throw new Error(`The preview has no node "${id}"`)
  return node
}

function contextOf({ deps, timezone, witness }: PreviewRun, node: PlanNode, maxRows?: number): NodeContext {
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
    report: ({ statements }) => witness.cost(node.id, statements),
  })
}

/** Rows that go through the graph together: queries are asked once for them. */
const TOGETHER = 1_000

interface Reading {
  readonly source: PlanNode
  /** Shown in place of asking the source. */
  readonly pinned: readonly Row[] | null
  readonly limit: number
  /** People whom the sources before gave. */
  readonly before: number
  readonly emit: (rows: Row[]) => Promise<void>
}

/** Reads people until the source or the limit ends. `more`: there were more. */
async function readPeople(
  run: PreviewRun,
  { source, pinned, limit, before, emit }: Reading,
): Promise<{ people: number; more: boolean }> {
  let sent = 0
  let waiting: Row[] = []
  const send = async (): Promise<void> => {
    const rows = waiting.slice(0, Math.min(TOGETHER, limit - sent))
    waiting = waiting.slice(rows.length)
    await emit(rows.map((row, index) => numbered(row, before + sent + index + 1)))
    sent += rows.length
    await run.witness.read?.(before + sent)
  }
  for await (const batch of pinned === null ? readSource(run, source, limit) : [pinned]) {
    waiting.push(...batch)
    while (waiting.length >= TOGETHER && sent < limit) await send()
    if (sent + waiting.length > limit) break
  }
  // Nobody at all is sent as well: the steps are opened and shown.
  while (sent < limit && (waiting.length > 0 || sent === 0)) {
    const done = sent
    await send()
    if (sent === done) break
  }
  return { people: sent, more: waiting.length > 0 }
}

/** The source's rows. Only what the source itself throws is its error. One row more than wanted is asked for: it tells whether there are more. */
async function* readSource(run: PreviewRun, source: PlanNode, limit: number): AsyncGenerator<readonly Row[]> {
  const context = contextOf(run, source, run.deps.all === true ? undefined : limit + 1)
  const batches = source.type.read?.(source.config, context)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const startedAt = performance.now()
      const next = await batches?.next().catch((error: unknown) => {
        throw caught(source.id, error, context)
      })
      run.witness.took(source.id, performance.now() - startedAt)
      if (next === undefined || next.done === true) return
      yield next.value
    }
  } finally {
    await batches?.return?.(undefined)
  }
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
      run.witness.seen({ nodeId: wire.to, side: 'in', port: wire.toPort }, items)
      const composed = items.map(channel)
      run.witness.messages(composed)
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
