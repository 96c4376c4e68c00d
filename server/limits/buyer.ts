import type { Wait } from '#runtime/run/gate.ts'
import { Bought, type Part } from './bought.ts'
import type { LimitPlace } from './place.ts'
import { costOf, dayShare, limitingRate, type Rates, type SendClass } from './rates.ts'
import { dropProbe } from './report-health.ts'
import { reserve, unreserve, type Reserved } from './reserve.ts'
import type { LimitView } from './view.ts'

/** Nothing is reserved that begins later: who has to wait longer lets others have the line. */
const PATIENCE_MS = 2_000
/** A piece of the line that is bought at once, ms, so that small calls do not ask one by one. */
const PIECE_MS = 200
/** Nobody is sent away for longer: somebody may raise a limit or mend a connection meanwhile. */
export const LONGEST_WAIT_MS = 300_000

/** A call that somebody wishes to make. */
export interface Wish {
  readonly kind: SendClass
  readonly rows: number
}

/** A part of the limit for one call. */
export interface BoughtCall {
  readonly kind: 'bought'
  readonly part: Part
  readonly probe: boolean
  /** The call carries only so many messages; `made` false: it is not made. */
  readonly giveBack: (messages: number, made: boolean) => void
}

/** Buys parts of the limit that all share, and keeps what bulk bought ahead. */
export class Buyer {
  readonly #place: LimitPlace
  readonly #view: LimitView
  readonly #bought = new Bought()
  #rates: Rates
  #probeMs: number
  #buying: Promise<Wait | BoughtCall | null> | null = null

  constructor(options: { place: LimitPlace; view: LimitView; rates: Rates; probeMs: number }) {
    this.#place = options.place
    this.#view = options.view
    this.#rates = options.rates
    this.#probeMs = options.probeMs
  }

  change(rates: Rates, probeMs: number): void {
    this.#rates = rates
    this.#probeMs = probeMs
  }

  /** From what was bought ahead; null: too little is left. */
  atHand(rows: number, now: number): BoughtCall | null {
    let left = this.#bought.take(this.#rates, rows, now)
    if (!left) return null
    const giveBack = (messages: number, made: boolean): void => {
      if (left) left = this.#bought.giveBack(this.#rates, left, { messages, made })
    }
    return { kind: 'bought', part: left, probe: false, giveBack }
  }

  /** Buys a piece ahead, once for all who ask meanwhile. The first call of it is the buyer's; null: there is something to take. */
  async ahead(rows: number): Promise<Wait | BoughtCall | null> {
    if (this.#buying) {
      const got = await this.#buying
      return got?.kind === 'wait' ? got : null
    }
    this.#buying = this.#piece(rows).finally(() => (this.#buying = null))
    return this.#buying
  }

  /** For one call: of single sends, or to try a provider that failed. */
  async one(wish: Wish): Promise<BoughtCall | Wait> {
    const { lineMs } = costOf(this.#rates, { messages: wish.rows, kind: wish.kind })
    const got = await this.#reserve(wish, { lineMs, calls: 1 })
    if (got.kind === 'wait') return waitOf(got, lineMs)
    if (!got.probe) this.#view.opens = 0
    return {
      kind: 'bought',
      part: { at: performance.now() + got.waitMs, rows: got.messages, lineMs: 0 },
      probe: got.probe,
      giveBack: (messages, made) => this.#unreserve({ ...got, ...wish, rows: got.messages }, { messages, made }),
    }
  }

  /** Messages of the day that were bought ahead go back to all. */
  async returnMessages(): Promise<void> {
    const messages = this.#bought.takeMessages()
    if (messages > 0) await unreserve(this.#place, { messages })
  }

  async #piece(rows: number): Promise<Wait | BoughtCall | null> {
    const { lineMs } = costOf(this.#rates, { messages: rows, kind: 'bulk' })
    const calls = lineMs === 0 ? 1 : Math.max(1, Math.floor(PIECE_MS / lineMs))
    const got = await this.#reserve({ kind: 'bulk', rows }, { lineMs, calls })
    if (got.kind === 'wait') return waitOf(got, lineMs)
    const now = performance.now()
    this.#bought.add({ ...got, askedMs: lineMs * calls }, this.#rates, now)
    if (got.probe) {
      // It opened in this moment: one call tries, not a piece.
      this.#view.open(0)
      await dropProbe(this.#place)
      return null
    }
    // In the same moment: a piece that holds just one call would be too short a microsecond later, and be lost, again and again.
    return this.atHand(rows, now)
  }

  async #reserve({ kind, rows }: Wish, { lineMs, calls }: { lineMs: number; calls: number }): Promise<Reserved> {
    const { reserveMs, reserveBurstMs } = costOf(this.#rates, { messages: rows, kind })
    const got = await reserve(this.#place, {
      lineMs: lineMs * calls,
      reserveMs,
      reserveBurstMs,
      patienceMs: PATIENCE_MS,
      messages: rows * calls,
      // Asking for reports sends nothing.
      perDay: rows === 0 ? null : dayShare(this.#rates, kind),
      probeMs: this.#probeMs,
      limitedBy: limitingRate(this.#rates, rows),
    })
    if (got.kind === 'granted') return got
    if (got.why === 'held') this.#view.hold(got.ms)
    if (got.why === 'breaker') this.#view.open(got.ms)
    return got
  }

  /** What a call that was bought by itself does not use goes back to all. */
  #unreserve(
    wish: Wish & { kept: boolean; lineEnd: string | null },
    { messages, made }: { messages: number; made: boolean },
  ): void {
    if (messages >= wish.rows && made) return
    const whole = costOf(this.#rates, { messages: wish.rows, kind: wish.kind })
    const used = costOf(this.#rates, { messages, kind: wish.kind })
    const ms = (of: 'lineMs' | 'reserveMs'): number => (whole[of] ?? 0) - (made ? (used[of] ?? 0) : 0)
    const unused = {
      messages: wish.rows - messages,
      ...(wish.kept ? { reserveMs: ms('reserveMs') } : { lineMs: ms('lineMs'), lineEnd: wish.lineEnd }),
    }
    // Lost at worst: less is sent than allowed.
    void unreserve(this.#place, unused).catch(() => undefined)
  }
}

/** A short wait for the line is the others' turn; everything else, and a limit so slow that one call takes longer, is everybody's. */
function waitOf(got: Extract<Reserved, { kind: 'wait' }>, lineMs: number): Wait {
  return { kind: 'wait', ms: Math.min(LONGEST_WAIT_MS, got.ms), everybody: got.why !== 'line' || lineMs > PATIENCE_MS }
}
