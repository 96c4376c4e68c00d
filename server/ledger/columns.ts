import type { Value } from '#runtime/sdk/index.ts'
import type { ChunkRows, MessagePart } from '#runtime/run/chunk.ts'

// The payload of a chunk before it is compressed: `2`, how many parts, the bytes of each, then the parts: JSON, one for names, for
// the texts, for the numbers, and one for each column, all but the first cut into groups of rows. Small pieces on purpose: a text of more
// than 128 kB is given its own pages by V8, and the kernel's page faults then cost more than all of the work on it.
const VERSION = 2
const GROUP = 250

/** Bytes of a chunk, in memory that the next call uses again: compress them at once. */
export function writeColumns({ names, messages, seqs, columns }: ChunkRows): Buffer {
  const writer = new Parts()
  writer.add(JSON.stringify(names))
  for (let from = 0; from < seqs.length; from += GROUP) {
    const to = from + GROUP
    writer.add(messages ? JSON.stringify(messages.slice(from, to)) : 'null')
    writer.add(columnJson(seqs.slice(from, to)))
    for (const column of columns) writer.add(columnJson(column.slice(from, to)))
  }
  return writer.bytes()
}

/** What `writeColumns` wrote, and what was written before it: one JSON array `[names, messages, seqs, column…]`. */
export function readColumns(bytes: Buffer): ChunkRows {
  if (bytes[0] !== VERSION) return readWhole(bytes)
  const parts = readParts(bytes)
  const names = parts(0) as string[] // as it was written above
  const width = 2 + names.length
  const seqs: number[] = []
  const columns = names.map((): Value[] => [])
  let messages: (MessagePart | null)[] | null = null
  for (let part = 1; part < parts.count; part += width) {
    const texts = parts(part) as (MessagePart | null)[] | null
    if (texts) messages = [...(messages ?? []), ...texts]
    for (const seq of parts(part + 1) as number[]) seqs.push(seq)
    for (const [at, column] of columns.entries()) for (const value of parts(part + 2 + at) as Value[]) column.push(value)
  }
  return { names, messages, seqs, columns }
}

function readWhole(bytes: Buffer): ChunkRows {
  const [names, messages, seqs, ...columns] = JSON.parse(bytes.toString()) as [
    ChunkRows['names'],
    ChunkRows['messages'],
    ChunkRows['seqs'],
    ...ChunkRows['columns'],
  ]
  return { names, messages, seqs, columns }
}

/** What JSON.stringify would not write as it is. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const SPECIAL = /["\\\u0000-\u001f\ud800-\udfff]/

/** The same JSON as JSON.stringify gives, from a join where all values are plain texts or all are numbers: a twentieth of its time. */
export function columnJson(values: readonly Value[]): string {
  const kind = typeof values[0]
  if (kind === 'string' && values.every(isText) && !SPECIAL.test(values.join(''))) return `["${values.join('","')}"]`
  if (kind === 'number' && values.every(isNumber)) return `[${values.join(',')}]`
  return JSON.stringify(values)
}

function isText(value: Value): value is string {
  return typeof value === 'string'
}

function isNumber(value: Value): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

let scratch = Buffer.allocUnsafeSlow(256 * 1024)

class Parts {
  readonly #lengths: number[] = []
  #at = 0

  add(text: string): void {
    if (this.#at + text.length * 3 > scratch.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(scratch.length * 2, this.#at + text.length * 3))
      scratch.copy(larger, 0, 0, this.#at)
      scratch = larger
    }
    const length = scratch.write(text, this.#at)
    this.#lengths.push(length)
    this.#at += length
  }

  bytes(): Buffer {
    const head = Buffer.allocUnsafe(5 + 4 * this.#lengths.length)
    head.writeUInt8(VERSION, 0)
    head.writeUInt32LE(this.#lengths.length, 1)
    for (const [index, length] of this.#lengths.entries()) head.writeUInt32LE(length, 5 + 4 * index)
    return Buffer.concat([head, scratch.subarray(0, this.#at)])
  }
}

function readParts(bytes: Buffer): ((index: number) => unknown) & { readonly count: number } {
  const count = bytes.readUInt32LE(1)
  const starts: number[] = [5 + 4 * count]
  for (let index = 0; index < count; index++) starts.push((starts[index] as number) + bytes.readUInt32LE(5 + 4 * index))
  const read = (index: number): unknown => JSON.parse(bytes.toString('utf8', starts[index], starts[index + 1]))
  return Object.assign(read, { count })
}
