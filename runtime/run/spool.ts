import { createFlow } from '#runtime/flow/flow.ts'
import type { Plan } from '#runtime/compile/plan.ts'
import { AppError, type Row } from '#runtime/sdk/index.ts'
import { ChunkBuilder } from './chunk-builder.ts'
import { rowOf, type ChunkRows, type Item } from './chunk.ts'
import { FlowCounter } from './counter.ts'
import type { SpoolLedger } from './ledger.ts'
import { LeftOutBuffer } from './left-out.ts'
import { Numbering } from './numbering.ts'
import type { ContextFor } from './sender.ts'

export interface SpoolRun {
  readonly plan: Plan
  readonly ledger: SpoolLedger
  readonly context: ContextFor
}

/** `complete`: the run sends now. `cancelled`: somebody stopped it; nothing stays. */
export type SpoolEnd = { readonly kind: 'complete'; readonly total: number } | { readonly kind: 'cancelled' }

class Cancelled extends Error {}

/**
 * Reads the audience once and writes it into full chunks. Only the last commit makes it visible; when the source does not end properly,
 * or anything throws, nothing stays and nothing was sent.
 */
export async function spool(run: SpoolRun): Promise<SpoolEnd> {
  if (!(await run.ledger.begin())) return { kind: 'cancelled' }
  try {
    return await readAudience(run)
  } catch (error) {
    await run.ledger.abandon()
    if (error instanceof Cancelled) return { kind: 'cancelled' }
    throw error
  }
}

async function readAudience(run: SpoolRun): Promise<SpoolEnd> {
  const { plan, ledger } = run
  const { audience } = plan
  const numbering = new Numbering()
  const counter = new FlowCounter(plan)
  const outlets = new Outlets(plan, { ledger, numbering })
  const leftOut = new LeftOutBuffer(plan, { write: (people) => ledger.leftOut(people), hash: ledger.hash })
  const context: ContextFor = (nodeId) => run.context(nodeId, (cost) => counter.read(nodeId, cost))
  const nodes = audience.nodes.filter((id) => id !== audience.source)
  const flow = await createFlow({
    plan,
    nodes,
    wires: audience.wires,
    outlets: audience.outlets,
    context: (nodeId) => context(nodeId, () => {}),
    sinks: {
      outlet: (from, port, items) => outlets.take(from, port, items),
      failed: (nodeId, rows) => leftOut.failed(nodeId, rows, (row) => numbering.numberFor(row)),
      skipped: (nodeId, rows) => leftOut.skipped(nodeId, rows, (row) => numbering.numberFor(row)),
      count: (nodeId, port, rows) => counter.count(nodeId, port, rows),
    },
  })
  const port = sourcePort(plan)
  for await (const batch of readSource(plan, context)) await flow.emit(audience.source, port, numbering.mark(batch))
  await flow.finish()
  await outlets.finish()
  await leftOut.finish()
  const complete = await ledger.complete({ total: numbering.total, ...counter.drain() })
  if (!complete) throw new Cancelled()
  return { kind: 'complete', total: numbering.total }
}

/** The one output of a source besides `failed`. */
function sourcePort(plan: Plan): string {
  const outputs = Object.keys(plan.nodes[plan.audience.source]?.type.ports.out ?? {})
  return outputs.find((port) => port !== 'failed') ?? 'rows'
}

function readSource(plan: Plan, context: ContextFor): AsyncIterable<readonly Row[]> {
  const source = plan.nodes[plan.audience.source]
  // Its `read` makes up an event for the preview: nobody of whom anything could be sent to.
  if (source?.type.role === 'trigger') throw new AppError('starts-by-event', {})
  if (!source?.type.read) throw new Error(`The plan's source ${plan.audience.source} cannot read`)
  return source.type.read(
    source.config,
    context(source.id, () => {}),
  )
}

/** What leaves the audience towards a stage, packed into full chunks of that stage. */
class Outlets {
  readonly #ledger: SpoolLedger
  readonly #numbering: Numbering
  readonly #stages = new Map<string, number[]>()
  readonly #builders = new Map<number, ChunkBuilder>()

  constructor(plan: Plan, deps: { ledger: SpoolLedger; numbering: Numbering }) {
    this.#ledger = deps.ledger
    this.#numbering = deps.numbering
    for (const { from, fromPort, stage } of plan.audience.outlets) {
      const key = `${from} ${fromPort}`
      this.#stages.set(key, [...(this.#stages.get(key) ?? []), stage])
    }
  }

  async take(from: string, port: string, items: readonly Item[]): Promise<void> {
    if (items.length === 0) return
    const seqs = items.map((item) => this.#numbering.numberFor(rowOf(item)))
    for (const stage of this.#stages.get(`${from} ${port}`) ?? []) {
      const builder = this.#builders.get(stage) ?? new ChunkBuilder()
      this.#builders.set(stage, builder)
      for (const rows of builder.add(items, seqs)) await this.#write(stage, rows)
    }
  }

  async finish(): Promise<void> {
    for (const [stage, builder] of this.#builders) {
      const rows = builder.rest()
      if (rows) await this.#write(stage, rows)
    }
  }

  async #write(nodeNo: number, rows: ChunkRows): Promise<void> {
    if (!(await this.#ledger.chunk({ nodeNo, rows }))) throw new Cancelled()
  }
}
