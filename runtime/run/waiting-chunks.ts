import type { Plan } from '#runtime/compile/plan.ts'
import { waitedUntil } from '#runtime/flow/waits.ts'
import { ChunkBuilder } from './chunk-builder.ts'
import { rowOf, type ChunkRows, type Item } from './chunk.ts'
import { sendableMs } from './expiry.ts'

/** Rows that go on at one moment, packed. `readyAt`: ms since 1970. */
export interface WaitingRows {
  readonly rows: ChunkRows
  readonly readyAt: number
}

/** Nobody goes on before the time, and nobody so much later: a long wait need not end to the second. ms. */
const LEAST_STEP = 1_000
const MOST_STEP = 60_000

/** How much later than its time anybody may go on: of the time in which the messages behind may be sent, it takes a tenth at most. */
export function waitStep(plan: Plan): number {
  const times = plan.stages.flatMap((stage) => (stage.kind === 'send' ? [sendableMs({ plan, stage })] : []))
  return Math.max(LEAST_STEP, Math.min(MOST_STEP, ...times.map((ms) => ms / 10)))
}

/** The moment at which a row goes on whose wait ends at `until`: with others whose time comes just before it. Never before `until`. */
function goesOnAt(until: number, now: number, most: number): number {
  const left = until - now
  if (left <= 0) return now
  const step = Math.min(most, Math.max(LEAST_STEP, left / 60))
  // From a fixed point on, so that chunks that are packed at different times share their moments.
  const whole = Math.max(LEAST_STEP, Math.round(step / LEAST_STEP) * LEAST_STEP)
  return Math.ceil(until / whole) * whole
}

/** Packs what leaves a step that lets wait into chunks by the moment at which they may be taken. */
export class WaitingChunks {
  readonly #now: () => number
  readonly #step: number
  readonly #builders = new Map<number, ChunkBuilder>()

  /** `now`: ms since 1970; `step`: see `waitStep`. */
  constructor(now: () => number, step: number) {
    this.#now = now
    this.#step = step
  }

  /** Adds rows of one shape, and gives the chunks that became full. */
  add(items: readonly Item[], seqs: readonly number[]): WaitingRows[] {
    const now = this.#now()
    const places = items.map((_, place) => place)
    const groups = Map.groupBy(places, (place) => goesOnAt(waitedUntil(rowOf(items[place] as Item)) ?? now, now, this.#step))
    return [...groups].flatMap(([readyAt, some]) => {
      const builder = this.#builders.get(readyAt) ?? new ChunkBuilder()
      this.#builders.set(readyAt, builder)
      const full = builder.add(
        some.map((place) => items[place] as Item),
        some.map((place) => seqs[place] as number),
      )
      return full.map((rows) => ({ rows, readyAt }))
    })
  }

  /** What is left. */
  rest(): WaitingRows[] {
    return [...this.#builders].flatMap(([readyAt, builder]) => {
      const rows = builder.rest()
      return rows ? [{ rows, readyAt }] : []
    })
  }
}
