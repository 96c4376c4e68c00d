import type { Column } from '#schemas/column.ts'
import type { Value } from '#runtime/sdk/index.ts'
import type { Item } from './check-outputs.ts'
import { isMessage, rowOf } from './message.ts'
import { numberOf } from './recipient.ts'

/**
 * What happens at an input into which several lines lead: rows of each get all its columns, empty where their line has not got them, and
 * whoever comes a second time (a copy, over another line) is not taken again. One bit a recipient.
 */
export class Joining {
  readonly #blank: Readonly<Record<string, null>>
  #seen = new Uint32Array(32)

  constructor(columns: readonly Column[]) {
    this.#blank = Object.fromEntries(columns.map(({ name }) => [name, null]))
  }

  /** Those that come for the first time, in the shape of the input. */
  take(items: readonly Item[]): Item[] {
    const names = Object.keys(this.#blank)
    return items.filter((item) => this.#isFirst(rowOf(item))).map((item) => this.#shaped(item, names))
  }

  #isFirst(row: Readonly<Record<string, Value>>): boolean {
    const number = numberOf(row)
    if (number === undefined) return true
    const place = number >>> 5
    if (place >= this.#seen.length) this.#grow(place)
    const bit = 1 << (number & 31)
    const before = this.#seen[place] ?? 0
    this.#seen[place] = before | bit
    return (before & bit) === 0
  }

  #shaped(item: Item, names: readonly string[]): Item {
    const row = rowOf(item)
    const own = Object.keys(row)
    if (own.length >= names.length && names.every((name, at) => own[at] === name)) return item
    // A spread keeps the recipient's number.
    const whole = { ...this.#blank, ...row }
    return isMessage(item) ? { ...item, row: whole } : whole
  }

  #grow(place: number): void {
    const larger = new Uint32Array(Math.max(this.#seen.length * 2, place + 1))
    larger.set(this.#seen)
    this.#seen = larger
  }
}
