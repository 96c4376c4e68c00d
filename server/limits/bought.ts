import { Line } from './line.ts'
import { costOf, type Rates } from './rates.ts'

/** What one call takes of what was bought. */
export interface Part {
  readonly at: number
  readonly rows: number
  /** Of the line; 0: it was not bought ahead. */
  readonly lineMs: number
}

/** What this process has reserved for bulk and not used yet: a piece of the line, and messages of the day. */
export class Bought {
  readonly #line = new Line()
  #messages = 0
  /** How much longer the line is than at the full rate. */
  #stretch = 1

  /** A part for one call of up to `rows`; null: not enough is left. */
  take(rates: Rates, rows: number, now: number): Part | null {
    const counted = rates.perDay === null ? rows : Math.min(rows, this.#messages)
    if (counted < 1 && rows > 0) return null
    const lineMs = this.#cost(rates, counted)
    const at = lineMs === 0 ? now : this.#line.take(lineMs, now)
    if (at === null) return null
    if (rates.perDay !== null) this.#messages -= counted
    return { at, rows: counted, lineMs }
  }

  add(piece: { waitMs: number; lineMs: number; askedMs: number; messages: number }, rates: Rates, now: number): void {
    this.#stretch = piece.askedMs === 0 ? 1 : piece.lineMs / piece.askedMs
    if (piece.lineMs > 0) this.#line.add(now + piece.waitMs, piece.lineMs)
    if (rates.perDay !== null) this.#messages += piece.messages
  }

  /** A call carries only `messages` of `part.rows`; `made` false: no call is made of it. What is left of the part. */
  giveBack(rates: Rates, part: Part, { messages, made }: { messages: number; made: boolean }): Part {
    const lineMs = made ? Math.min(part.lineMs, this.#cost(rates, messages)) : 0
    if (rates.perDay !== null) this.#messages += part.rows - messages
    this.#line.giveBack(part.lineMs - lineMs, part.at + part.lineMs)
    return { ...part, rows: messages, lineMs }
  }

  /** Messages that go back to the day. */
  takeMessages(): number {
    const messages = this.#messages
    this.#messages = 0
    return messages
  }

  #cost(rates: Rates, messages: number): number {
    return costOf(rates, { messages, kind: 'bulk' }).lineMs * this.#stretch
  }
}
