import type { Plan } from '#runtime/compile/plan.ts'
import { ChunkBuilder } from './chunk-builder.ts'
import type { ChunkRows, Item } from './chunk.ts'
import type { NewChunk } from './ledger.ts'
import { WaitingChunks, waitStep } from './waiting-chunks.ts'

/** Where rows of a row stage go on, and as what. */
export interface Onward {
  readonly stage: number
  /** They come out of a step that lets wait. */
  readonly waits: boolean
  /** Of the new chunks: 0, or what goes on of what a person wished to be sent again. */
  readonly kind: number
}

interface Made {
  readonly to: Onward
  readonly rows: ChunkRows
  /** ms since 1970; null: at once. */
  readonly readyAt: number | null
}

interface Way {
  readonly to: Onward
  readonly builder: ChunkBuilder | WaitingChunks
}

/** Packs what leaves a row stage into chunks of the next ones, apart by whether a person wished it: that rides on to the channel. */
export class OnwardChunks {
  readonly #made: Made[] = []
  readonly #ways = new Map<string, Way>()
  readonly #now: () => number
  readonly #step: number

  /** `now`: ms since 1970, by the database's clock. */
  constructor(plan: Plan, now: () => number) {
    this.#now = now
    this.#step = waitStep(plan)
  }

  /** Adds rows of one shape. */
  add(to: Onward, items: readonly Item[], seqs: readonly number[]): void {
    const key = `${to.stage} ${to.waits} ${to.kind}`
    const builder = this.#ways.get(key)?.builder ?? (to.waits ? new WaitingChunks(this.#now, this.#step) : new ChunkBuilder())
    this.#ways.set(key, { to, builder })
    if (builder instanceof ChunkBuilder) for (const rows of builder.add(items, seqs)) this.#made.push({ to, rows, readyAt: null })
    else for (const full of builder.add(items, seqs)) this.#made.push({ to, ...full })
  }

  /** Packs what is left, too. */
  finish(): readonly NewChunk[] {
    for (const { to, builder } of this.#ways.values()) {
      if (builder instanceof WaitingChunks) for (const rest of builder.rest()) this.#made.push({ to, ...rest })
      else {
        const rows = builder.rest()
        if (rows) this.#made.push({ to, rows, readyAt: null })
      }
    }
    // Reckoned now, not when a chunk became full: they are stored together, and asking for the last of them may have taken a minute.
    const now = this.#now()
    return this.#made.map(({ to: { stage, kind }, rows, readyAt }) => {
      const readyInMs = readyAt === null ? 0 : Math.max(0, Math.ceil(readyAt - now))
      return { nodeNo: stage, attempt: 1, rows, answers: null, readyInMs, held: false, kind }
    })
  }
}
