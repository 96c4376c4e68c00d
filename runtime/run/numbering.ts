import { numberOf, numbered, setNumber } from '#runtime/flow/recipient.ts'
import type { Row } from '#runtime/sdk/index.ts'

/**
 * Recipients' numbers, given when a row leaves the audience, from 1 without holes. Inside the audience a row carries the place at which
 * the source gave it, so that a row that leaves twice (a fork) is one recipient. Four bytes a source row.
 */
export class Numbering {
  #total = 0
  #read = 0
  #given = new Int32Array(1024)

  /** Marks the rows of a source's batch with their places. Rows that nobody may change are copied. */
  mark(batch: readonly Row[]): Row[] {
    return batch.map((row) => {
      const place = ++this.#read
      if (!Object.isExtensible(row)) return numbered(row, place)
      setNumber(row, place)
      return row
    })
  }

  /** The recipient's number of a row that leaves. A row without a place (made by a node) is a recipient of its own. */
  numberFor(row: Row): number {
    const place = numberOf(row)
    if (place === undefined) return ++this.#total
    if (place >= this.#given.length) this.#grow(place)
    const given = this.#given[place] as number
    if (given > 0) return given
    return (this.#given[place] = ++this.#total)
  }

  /** Has the row (or the one that it was made from) a number already? */
  knows(row: Row): boolean {
    const place = numberOf(row)
    return place !== undefined && (this.#given[place] ?? 0) > 0
  }

  get read(): number {
    return this.#read
  }

  get total(): number {
    return this.#total
  }

  #grow(place: number): void {
    const larger = new Int32Array(Math.max(this.#given.length * 2, place + 1))
    larger.set(this.#given)
    this.#given = larger
  }
}
