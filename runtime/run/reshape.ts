import { createFlow } from '#runtime/flow/flow.ts'
import type { Outlet, Plan, RowStage } from '#runtime/compile/plan.ts'
import { numberOf } from '#runtime/flow/recipient.ts'
import { waitPort } from '#runtime/flow/waits.ts'
import { AppError, type Log, type Row } from '#runtime/sdk/index.ts'
import { ChunkBuilder, CHUNK_ROWS } from './chunk-builder.ts'
import { itemsOf, rowOf, type ChunkRows } from './chunk.ts'
import { FlowCounter } from './counter.ts'
import type { LeftOut, NewChunk, SendLedger, TakenChunk } from './ledger.ts'
import { LeftOutBuffer } from './left-out.ts'
import type { LaneEnd } from './send.ts'
import type { ContextFor } from './sender.ts'
import { WaitingChunks } from './waiting-chunks.ts'

/** What the lanes of a row stage share: rows are reshaped after a query, chunks of one stage become chunks of the next. */
export interface Reshaper {
  readonly plan: Plan
  readonly stage: RowStage
  readonly ledger: SendLedger
  readonly context: ContextFor
  readonly log: Log
  readonly closing: boolean
  /** ms since 1970, by the database's clock. */
  readonly now: () => number
  stopped(): boolean
}

/**
 * Chunks are worked through together until a full one is made: a filter that keeps one row in a hundred makes one out of a hundred. These
 * are the bounds of what a crash repeats, and of what lies in memory meanwhile (people who are left out).
 */
const TOGETHER = 1_000
/** Where a wait spreads rows over many moments, so many are looked at together, so that those of one moment share a chunk. */
const TOGETHER_TO_WAIT = 20_000
const TOGETHER_MS = 60_000
const MOST_LEFT_OUT = 20_000
/** A lane gives way after this time, so that other runs get in. */
const TURN_MS = 30_000
const WINDOW_MS = 600_000
const STEP_WAIT_MS = 30_000

/** One lane of a row stage. Nothing is sent here; whatever was not committed is simply done again. */
export async function runReshape(reshaper: Reshaper): Promise<LaneEnd> {
  const until = performance.now() + TURN_MS
  while (performance.now() < until) {
    if (reshaper.stopped()) return 'stopped'
    const work = await openWork(reshaper)
    const taken: TakenChunk[] = []
    const together = performance.now() + TOGETHER_MS
    try {
      while (
        taken.length < TOGETHER &&
        work.wantsMore() &&
        (taken.length === 0 || (performance.now() < together && !reshaper.stopped()))
      ) {
        const chunk = await reshaper.ledger.take({
          nodeNo: reshaper.stage.no,
          slice: 0,
          windowMs: WINDOW_MS,
          closing: reshaper.closing,
        })
        if (!chunk) break
        // Its rows are done with once they went through: only the claim on it is kept.
        taken.push({ ...chunk, rows: NO_ROWS, answers: null })
        if (reshaper.closing) await cancelRows(reshaper, chunk)
        else await work.push(chunk)
      }
      if (taken.length === 0) return 'empty'
      if (reshaper.closing) continue
      // One of them is somebody else's by now: nothing was written, and the others are done again.
      if (!(await reshaper.ledger.reshape(taken, await work.finish(taken)))) await giveBack(reshaper, taken, 0)
    } catch (error) {
      await handBack(reshaper, taken, error)
    }
  }
  return 'turn'
}

const NO_ROWS: ChunkRows = { names: [], seqs: [], columns: [], messages: null }

async function giveBack({ ledger }: Reshaper, taken: readonly TakenChunk[], readyInMs: number): Promise<void> {
  for (const chunk of taken) await ledger.giveBack(chunk, { claimed: 0, readyInMs, doubt: 'none' })
}

async function openWork({ plan, stage, ledger, context, now }: Reshaper) {
  const counter = new FlowCounter(plan)
  const builders = new Map<number, ChunkBuilder>()
  const waits = new Map<number, WaitingChunks>()
  const letsWait = ({ from, fromPort }: Outlet): boolean => {
    const type = plan.nodes[from]?.type
    // A test shows what comes of it now.
    return type !== undefined && waitPort(type) === fromPort && plan.test !== true
  }
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
  const add = (nodeNo: number, rows: ChunkRows, readyAt: number | null): void => {
    const readyInMs = readyAt === null ? 0 : Math.max(0, Math.ceil(readyAt - now()))
    chunks.push({ nodeNo, attempt: 1, rows, answers: null, readyInMs, held: false })
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
          if (letsWait(outlet)) {
            const packed = waits.get(outlet.stage) ?? new WaitingChunks(now)
            waits.set(outlet.stage, packed)
            waiting += items.length * (CHUNK_ROWS / TOGETHER_TO_WAIT)
            for (const { rows, readyAt } of packed.add(items, seqs)) add(outlet.stage, rows, readyAt)
            continue
          }
          const builder = builders.get(outlet.stage) ?? new ChunkBuilder()
          builders.set(outlet.stage, builder)
          waiting += items.length
          for (const rows of builder.add(items, seqs)) add(outlet.stage, rows, null)
        }
      },
      failed: (nodeId, rows) => leftOut.failed(nodeId, rows, numberFor),
      skipped: (nodeId, rows) => leftOut.skipped(nodeId, rows, numberFor),
      count: (nodeId, port, rows) => counter.count(nodeId, port, rows),
    },
  })
  return {
    /** Not yet a full chunk. */
    wantsMore: () => waiting < CHUNK_ROWS && leftOutRows(people) < MOST_LEFT_OUT,
    async push(chunk: TakenChunk) {
      const items = itemsOf(chunk.rows)
      for (const { to, toPort } of stage.entries) await flow.push(to, toPort, items)
    },
    async finish(taken: readonly TakenChunk[]) {
      await flow.finish()
      await leftOut.finish()
      for (const [nodeNo, builder] of builders) {
        const rows = builder.rest()
        if (rows) add(nodeNo, rows, null)
      }
      for (const [nodeNo, packed] of waits) for (const { rows, readyAt } of packed.rest()) add(nodeNo, rows, readyAt)
      const rowsIn = taken.reduce((sum, chunk) => sum + chunk.n, 0)
      // With several ways out of the audience, who is not chosen here may be chosen elsewhere: then only the end can tell.
      // Whoever was sent to before is a recipient, whatever comes after.
      const chosenOut = stage.after === null && plan.audience.outlets.length === 1 ? rowsIn - alive.size : 0
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

const leftOutRows = (people: readonly LeftOut[]): number => people.reduce((sum, { rows }) => sum + rows.seqs.length, 0)

async function handBack(reshaper: Reshaper, taken: readonly TakenChunk[], error: unknown): Promise<void> {
  const { ledger, log } = reshaper
  const passing = error instanceof AppError && error.retryable
  await giveBack(reshaper, taken, passing ? STEP_WAIT_MS : 0)
  if (passing) return log.warn('A step failed and is tried again', { code: error.code, detail: error.message })
  if (!(error instanceof AppError))
    log.error('A step failed', { detail: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  const reason = error instanceof AppError ? error : new AppError('internal', { requestId: 'worker' }, { cause: error })
  await ledger.pause(reason.toJSON())
}
