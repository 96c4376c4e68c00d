import { createFlow } from '#runtime/flow/flow.ts'
import type { Plan, RowStage } from '#runtime/compile/plan.ts'
import { numberOf } from '#runtime/flow/recipient.ts'
import { AppError, type Log, type Row } from '#runtime/sdk/index.ts'
import { ChunkBuilder, CHUNK_ROWS } from './chunk-builder.ts'
import { itemsOf, rowOf, type ChunkRows } from './chunk.ts'
import { FlowCounter } from './counter.ts'
import type { LeftOut, NewChunk, SendLedger, TakenChunk } from './ledger.ts'
import { LeftOutBuffer } from './left-out.ts'
import type { LaneEnd } from './send.ts'
import type { ContextFor } from './sender.ts'

/** What the lanes of a row stage share: rows are reshaped after a query, chunks of one stage become chunks of the next. */
export interface Reshaper {
  readonly plan: Plan
  readonly stage: RowStage
  readonly ledger: SendLedger
  readonly context: ContextFor
  readonly log: Log
  readonly closing: boolean
  stopped(): boolean
}

/** So many chunks are worked through together at most: small remains of many become one full chunk. */
const TOGETHER = 20
const WINDOW_MS = 600_000
const STEP_WAIT_MS = 30_000

/** One lane of a row stage. Nothing is sent here; whatever was not committed is simply done again. */
export async function runReshape(reshaper: Reshaper): Promise<LaneEnd> {
  for (;;) {
    if (reshaper.stopped()) return 'stopped'
    const work = await openWork(reshaper)
    const taken: TakenChunk[] = []
    try {
      while (taken.length < TOGETHER && work.gathered() < CHUNK_ROWS) {
        const chunk = await reshaper.ledger.take({
          nodeNo: reshaper.stage.no,
          slice: 0,
          windowMs: WINDOW_MS,
          closing: reshaper.closing,
        })
        if (!chunk) break
        taken.push(chunk)
        if (reshaper.closing) await cancelRows(reshaper, chunk)
        else await work.push(chunk)
      }
      if (taken.length === 0) return 'empty'
      if (!reshaper.closing) await reshaper.ledger.reshape(taken, await work.finish(taken))
    } catch (error) {
      await handBack(reshaper, taken, error)
    }
  }
}

async function openWork({ plan, stage, ledger, context }: Reshaper) {
  const counter = new FlowCounter(plan)
  const builders = new Map<number, ChunkBuilder>()
  const chunks: NewChunk[] = []
  const people: LeftOut[] = []
  const alive = new Set<number>()
  let waiting = 0
  const leftOut = new LeftOutBuffer(plan, { write: async (one) => void people.push(one), hash: ledger.hash })
  const numberFor = (row: Row): number => {
    const seq = numberOf(row)
    if (seq === undefined) throw new Error(`A row lost its number in stage ${stage.no}`)
    alive.add(seq)
    return seq
  }
  const add = (nodeNo: number, rows: ChunkRows): void => {
    chunks.push({ nodeNo, attempt: 1, rows, answers: null, readyInMs: 0, held: false })
  }
  const flow = await createFlow({
    plan,
    nodes: stage.nodes,
    wires: stage.wires,
    outlets: stage.outlets,
    context: (nodeId) => context(nodeId, (cost) => counter.read(nodeId, cost)),
    sinks: {
      outlet(from, port, items) {
        const seqs = items.map((item) => numberFor(rowOf(item)))
        for (const outlet of stage.outlets.filter((one) => one.from === from && one.fromPort === port)) {
          const builder = builders.get(outlet.stage) ?? new ChunkBuilder()
          builders.set(outlet.stage, builder)
          waiting += items.length
          for (const rows of builder.add(items, seqs)) add(outlet.stage, rows)
        }
      },
      failed: (nodeId, rows) => leftOut.failed(nodeId, rows, numberFor),
      skipped: (nodeId, rows) => leftOut.skipped(nodeId, rows, numberFor),
      count: (nodeId, port, rows) => counter.count(nodeId, port, rows),
    },
  })
  return {
    gathered: () => waiting,
    push: (chunk: TakenChunk) => flow.push(stage.entry.to, stage.entry.toPort, itemsOf(chunk.rows).map(rowOf)),
    async finish(taken: readonly TakenChunk[]) {
      await flow.finish()
      await leftOut.finish()
      for (const [nodeNo, builder] of builders) {
        const rows = builder.rest()
        if (rows) add(nodeNo, rows)
      }
      const rowsIn = taken.reduce((sum, chunk) => sum + chunk.n, 0)
      // With several ways out of the audience, who is not chosen here may be chosen elsewhere: then only the end can tell.
      const chosenOut = plan.audience.outlets.length === 1 ? rowsIn - alive.size : 0
      return { chunks, leftOut: people, chosenOut, ...counter.drain() }
    },
  }
}

async function cancelRows({ ledger }: Reshaper, chunk: TakenChunk): Promise<void> {
  const every = <T>(value: T): T[] => chunk.rows.seqs.map(() => value)
  await ledger.record(chunk, {
    from: 0,
    to: chunk.n,
    next: chunk.n,
    results: {
      states: every('cancelled' as const),
      hashes: every(null),
      providerIds: every(null),
      errorCodes: every('cancelled'),
      costs: every(null),
      moved: every(false),
    },
    chunks: [],
    call: null,
    counts: [],
    reads: [],
  })
}

async function handBack({ ledger, log }: Reshaper, taken: readonly TakenChunk[], error: unknown): Promise<void> {
  const passing = error instanceof AppError && error.retryable
  for (const chunk of taken) await ledger.giveBack(chunk, { claimed: 0, readyInMs: passing ? STEP_WAIT_MS : 0, doubt: 'none' })
  if (passing) return log.warn('A step failed and is tried again', { code: error.code, detail: error.message })
  if (!(error instanceof AppError))
    log.error('A step failed', { detail: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  const reason = error instanceof AppError ? error : new AppError('internal', { requestId: 'worker' }, { cause: error })
  await ledger.pause(reason.toJSON())
}
