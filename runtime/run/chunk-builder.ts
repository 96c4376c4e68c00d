import type { Value } from '#runtime/sdk/index.ts'
import { isMessage, rowOf, type ChunkRows, type Item, type MessagePart } from './chunk.ts'

/** Rows of a full chunk: a provider's batch. */
export const CHUNK_ROWS = 1000

/** Packs numbered rows into full chunks, column by column. A batch of another shape starts a new chunk. */
export class ChunkBuilder {
  readonly #size: number
  #names: readonly string[] = []
  #seqs: number[] = []
  #columns: Value[][] = []
  #messages: (MessagePart | null)[] | null = null
  #ascending = true

  constructor(size = CHUNK_ROWS) {
    this.#size = size
  }

  /** Adds a batch (one shape), and gives the chunks that became full. */
  add(items: readonly Item[], seqs: readonly number[]): ChunkRows[] {
    const full: ChunkRows[] = []
    const first = items[0]
    if (!first) return full
    const names = Object.keys(rowOf(first))
    const messages = isMessage(first)
    if (this.#seqs.length > 0 && !this.#fits(names, messages)) full.push(this.#cut())
    if (this.#seqs.length === 0) this.#start(names, messages)
    for (let index = 0; index < items.length; index++) {
      this.#push(items[index] as Item, seqs[index] as number)
      if (this.#seqs.length < this.#size) continue
      full.push(this.#cut())
      this.#start(names, messages)
    }
    return full
  }

  /** What is left, or null. */
  rest(): ChunkRows | null {
    return this.#seqs.length > 0 ? this.#cut() : null
  }

  #fits(names: readonly string[], messages: boolean): boolean {
    return (
      messages === (this.#messages !== null) &&
      names.length === this.#names.length &&
      names.every((name, at) => name === this.#names[at])
    )
  }

  #start(names: readonly string[], messages: boolean): void {
    this.#names = names
    this.#seqs = []
    this.#columns = names.map(() => [])
    this.#messages = messages ? [] : null
    this.#ascending = true
  }

  #push(item: Item, seq: number): void {
    const row = rowOf(item)
    if (this.#ascending && this.#seqs.length > 0 && seq < (this.#seqs.at(-1) as number)) this.#ascending = false
    this.#seqs.push(seq)
    for (let column = 0; column < this.#names.length; column++)
      (this.#columns[column] as Value[]).push(row[this.#names[column] as string] ?? null)
    if (this.#messages) this.#messages.push(isMessage(item) ? partOf(item) : null)
  }

  #cut(): ChunkRows {
    const chunk: ChunkRows = { names: this.#names, seqs: this.#seqs, columns: this.#columns, messages: this.#messages }
    const cut = this.#ascending ? chunk : ordered(chunk)
    this.#seqs = []
    return cut
  }
}

function partOf(message: Exclude<Item, ReturnType<typeof rowOf>> & { row: unknown }): MessagePart {
  const { row: _, ...part } = message as MessagePart & { row: unknown }
  return part
}

function ordered(chunk: ChunkRows): ChunkRows {
  const order = chunk.seqs.map((_, place) => place).toSorted((a, b) => (chunk.seqs[a] as number) - (chunk.seqs[b] as number))
  return {
    names: chunk.names,
    seqs: order.map((place) => chunk.seqs[place] as number),
    columns: chunk.columns.map((column) => order.map((place) => column[place] ?? null)),
    messages: chunk.messages && order.map((place) => (chunk.messages as (MessagePart | null)[])[place] ?? null),
  }
}
