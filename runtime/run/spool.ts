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
import { firstForTest } from './test-addresses.ts'

export interface SpoolRun {
  readonly plan: Plan
  readonly ledger: SpoolLedger
  readonly context: ContextFor
  /** A test run: as many people as addresses, each with the address that its message goes to instead. The plan is `planForTest`'s. */
  readonly testAddresses?: readonly string[] | null
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
  const { plan, ledger, testAddresses = null } = run
  const { audience } = plan
  const numbering = new Numbering()
  const counter = new FlowCounter(plan)
  const outlets = new Outlets(plan, { ledger, numbering, testAddresses })
  const numberFor = (row: Row): number => numbering.numberFor(row)
  const leftOut = new LeftOutBuffer(plan, { write: (people) => ledger.leftOut(people), hash: ledger.hash })
  const context: ContextFor = (nodeId) => run.context(nodeId, (cost) => counter.read(nodeId, cost))
  const nodes = audience.nodes.filter((id) => !audience.sources.includes(id))
  const flow = await createFlow({
    plan,
    nodes,
    wires: audience.wires,
    outlets: audience.outlets,
    context: (nodeId) => context(nodeId, () => {}),
    sinks: {
      outlet: (from, port, items) => outlets.take(from, port, items),
      // Who is left out is nobody of a test: only the steps' counters tell of them.
      failed: (nodeId, rows) => (testAddresses ? undefined : leftOut.failed(nodeId, rows, { numberFor })),
      skipped: (nodeId, rows) => (testAddresses ? undefined : leftOut.skipped(nodeId, rows, { numberFor })),
      count: (nodeId, port, rows) => counter.count(nodeId, port, rows),
    },
  })
  const isEnough = (): boolean => testAddresses !== null && numbering.total >= testAddresses.length
  for (const id of audience.sources) {
    const port = sourcePort(plan, id)
    // One after the other: a merge takes whom the first one had, and no more than one cursor is open.
    if (isEnough()) break
    for await (const batch of readSource(plan, id, context)) {
      await flow.emit(id, port, numbering.mark(batch))
      if (isEnough()) break
    }
  }
  await flow.finish()
  await outlets.finish()
  await leftOut.finish()
  const complete = await ledger.complete({ total: numbering.total, ...counter.drain() })
  if (!complete) throw new Cancelled()
  return { kind: 'complete', total: numbering.total }
}

/** The one output of a source besides `failed`. */
function sourcePort(plan: Plan, id: string): string {
  const outputs = Object.keys(plan.nodes[id]?.type.ports.out ?? {})
  return outputs.find((port) => port !== 'failed') ?? 'rows'
}

function readSource(plan: Plan, id: string, context: ContextFor): AsyncIterable<readonly Row[]> {
  const source = plan.nodes[id]
  // Its `read` makes up an event for the preview: nobody of whom anything could be sent to.
  if (source?.type.role === 'trigger') throw new AppError('starts-by-event', {})
  if (!source?.type.read) throw new Error(`The plan's source ${id} cannot read`)
  return source.type.read(
    source.config,
    context(source.id, () => {}),
  )
}

/** What leaves the audience towards a stage, packed into full chunks of that stage. */
class Outlets {
  readonly #ledger: SpoolLedger
  readonly #numbering: Numbering
  readonly #testAddresses: readonly string[] | null
  readonly #stages = new Map<string, number[]>()
  readonly #builders = new Map<number, ChunkBuilder>()

  constructor(plan: Plan, deps: Pick<SpoolRun, 'ledger'> & { numbering: Numbering; testAddresses: readonly string[] | null }) {
    this.#ledger = deps.ledger
    this.#numbering = deps.numbering
    this.#testAddresses = deps.testAddresses
    for (const { from, fromPort, stage } of plan.audience.outlets) {
      const key = `${from} ${fromPort}`
      this.#stages.set(key, [...(this.#stages.get(key) ?? []), stage])
    }
  }

  async take(from: string, port: string, leaving: readonly Item[]): Promise<void> {
    const { items, seqs } = this.#number(leaving)
    if (items.length === 0) return
    for (const stage of this.#stages.get(`${from} ${port}`) ?? []) {
      const builder = this.#builders.get(stage) ?? new ChunkBuilder()
      this.#builders.set(stage, builder)
      for (const rows of builder.add(items, seqs)) await this.#write(stage, rows)
    }
  }

  #number(items: readonly Item[]): { items: readonly Item[]; seqs: number[] } {
    const [addresses, numbering] = [this.#testAddresses, this.#numbering]
    if (addresses) return firstForTest(items, { addresses, numbering })
    return { items, seqs: items.map((item) => numbering.numberFor(rowOf(item))) }
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
