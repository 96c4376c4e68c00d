import { createFlow } from '#runtime/flow/flow.ts'
import type { Outlet, Plan, RowStage } from '#runtime/compile/plan.ts'
import { numberOf } from '#runtime/flow/recipient.ts'
import { waitPort } from '#runtime/flow/waits.ts'
import { AppError, type Log, type Row } from '#runtime/sdk/index.ts'
import { CHUNK_ROWS } from './chunk-builder.ts'
import { itemsOf, rowOf, type ChunkRows } from './chunk.ts'
import { FlowCounter } from './counter.ts'
import type { LeftOut, SendLedger, TakenChunk } from './ledger.ts'
import { hashesOf, LeftOutBuffer } from './left-out.ts'
import { OnwardChunks } from './onward-chunks.ts'
import { onwardKind } from './pack-again.ts'
import { choosesApart } from './parted.ts'
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
        // Its rows are done with once they went through: only the claim on it is kept, and whose they were.
        taken.push({ ...chunk, rows: { ...NO_ROWS, seqs: chunk.rows.seqs }, answers: null })
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
  const letsWait = ({ from, fromPort }: Outlet): boolean => {
    const type = plan.nodes[from]?.type
    // A test shows what comes of it now.
    return type !== undefined && waitPort(type) === fromPort && plan.test !== true
  }
  const onward = new OnwardChunks(plan, now)
  const people: LeftOut[] = []
  const alive = new Set<number>()
  let waiting = 0
  /** The chunk whose rows go through: nothing of it stays in the flow when the next one comes. */
  let at: Pick<TakenChunk, 'attempt' | 'kind'> = { attempt: 1, kind: 0 }
  const leftOut = new LeftOutBuffer(plan, { write: async (one) => void people.push(one), hash: ledger.hash })
  const numberFor = (row: Row): number => {
    const seq = numberOf(row)
    if (seq === undefined) throw new Error(`A row lost its number in stage ${stage.no}`)
    if (at.attempt === 1) alive.add(seq)
    return seq
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
          const waits = letsWait(outlet)
          waiting += waits ? items.length * (CHUNK_ROWS / TOGETHER_TO_WAIT) : items.length
          onward.add({ stage: outlet.stage, waits, kind: onwardKind(at.kind) }, items, seqs)
        }
      },
      failed: (nodeId, rows) => leftOut.failed(nodeId, rows, { numberFor, attempt: at.attempt }),
      skipped: (nodeId, rows) => leftOut.skipped(nodeId, rows, { numberFor, attempt: at.attempt }),
      count: (nodeId, port, rows) => counter.count(nodeId, port, rows),
    },
  })
  return {
    /** Not yet a full chunk. */
    wantsMore: () => waiting < CHUNK_ROWS && leftOutRows(people) < MOST_LEFT_OUT,
    async push(chunk: TakenChunk) {
      at = chunk
      const items = itemsOf(chunk.rows)
      for (const { to, toPort } of stage.entries) await flow.push(to, toPort, items)
    },
    async finish(taken: readonly TakenChunk[]) {
      await flow.finish()
      await leftOut.finish()
      // Who was cancelled and is sent again is a recipient already, also where no port chooses him now.
      const rowsIn = taken.reduce((sum, chunk) => sum + (chunk.attempt === 1 ? chunk.n : 0), 0)
      // Where several ways part, who is not chosen here may be chosen elsewhere: then only the end can tell.
      // Whoever was sent to before is a recipient, whatever comes after.
      const chosenOut = stage.after === null && !choosesApart(plan) ? rowsIn - alive.size : 0
      return { chunks: onward.finish(), leftOut: people, chosenOut, ...counter.drain() }
    },
  }
}

async function cancelRows({ ledger, plan }: Reshaper, chunk: TakenChunk): Promise<void> {
  const every = <T>(value: T): T[] => chunk.rows.seqs.map(() => value)
  await ledger.record(chunk, {
    from: 0,
    to: chunk.n,
    next: chunk.n,
    results: {
      states: every('cancelled' as const),
      hashes: hashesOf(plan, itemsOf(chunk.rows).map(rowOf), ledger.hash),
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
