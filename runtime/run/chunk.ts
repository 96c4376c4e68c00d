import { isMessage, rowOf } from '#runtime/flow/message.ts'
import { numberOf, setNumber } from '#runtime/flow/recipient.ts'
import type { Message, Row, Value } from '#runtime/sdk/index.ts'

/** What a message has beyond its row; null for a plain row. */
export type MessagePart = Omit<Message, 'row'>

/** The rows of a chunk, column by column: what is compressed and encrypted. */
export interface ChunkRows {
  readonly names: readonly string[]
  /** Recipients' numbers, ascending. */
  readonly seqs: readonly number[]
  /** One array per name, values in the order of `seqs`. */
  readonly columns: readonly (readonly Value[])[]
  /** Chunks behind a `messages` port: the texts, in the order of `seqs`. */
  readonly messages: readonly (MessagePart | null)[] | null
}

export type Item = Row | Message
export { isMessage, rowOf }

/** Rows [from, to) as objects, each with its number, in chunk order: built once a chunk. */
export function itemsOf(chunk: ChunkRows, from = 0, to = chunk.seqs.length): Item[] {
  const { names, seqs, columns, messages } = chunk
  const width = names.length
  const items: Item[] = []
  for (let index = from; index < to; index++) {
    const row: Record<string, Value> = {}
    for (let column = 0; column < width; column++) row[names[column] as string] = (columns[column] as Value[])[index] as Value
    setNumber(row, seqs[index] as number)
    const part = messages?.[index]
    items.push(part ? { row, ...part } : row)
  }
  return items
}

/** The chunk of some numbered items, ordered by number. The first item's columns are everybody's (a batch has one shape). */
export function chunkOf(items: readonly Item[]): ChunkRows {
  const pairs = items.map((item) => ({ item, row: rowOf(item), seq: numberOf(rowOf(item)) ?? missingNumber() }))
  if (!isAscending(pairs)) pairs.sort((a, b) => a.seq - b.seq)
  const names = Object.keys(pairs[0]?.row ?? {})
  return {
    names,
    seqs: pairs.map((pair) => pair.seq),
    columns: names.map((name) => pairs.map((pair) => pair.row[name] ?? null)),
    messages: pairs.some((pair) => isMessage(pair.item)) ? pairs.map((pair) => partOf(pair.item)) : null,
  }
}

function partOf(item: Item): MessagePart | null {
  if (!isMessage(item)) return null
  const { row: _, ...part } = item
  return part
}

function isAscending(pairs: readonly { seq: number }[]): boolean {
  for (let index = 1; index < pairs.length; index++)
    if ((pairs[index] as { seq: number }).seq < (pairs[index - 1] as { seq: number }).seq) return false
  return true
}

function missingNumber(): never {
  throw new Error('A row without its recipient number reached a chunk')
}

/** Place of a recipient in a chunk, by binary search; -1: not in it. */
export function placeOf(seqs: readonly number[], seq: number): number {
  let low = 0
  let high = seqs.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = seqs[middle] as number
    if (found === seq) return middle
    if (found < seq) low = middle + 1
    else high = middle - 1
  }
  return -1
}
