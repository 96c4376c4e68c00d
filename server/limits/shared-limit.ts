import type { Gate, Leave, Patience, Wait } from '#runtime/run/gate.ts'
import type { Log } from '#runtime/sdk/index.ts'
import { Buyer, LONGEST_WAIT_MS, type BoughtCall, type Wish } from './buyer.ts'
import { HealthTeller } from './health-teller.ts'
import { LeaseKeeper } from './lease-keeper.ts'
import { freeCall, makeLeave, type LeaveParts } from './leave-maker.ts'
import { Looker } from './looker.ts'
import type { LimitPlace } from './place.ts'
import { isRated, sliceOfKind, type Rates, type SendClass } from './rates.ts'
import type { HealthRules } from './report-health.ts'
import { LimitView } from './view.ts'

const IDLE_MS = 5_000
/** Stop is felt within this time. */
const STEP_MS = 100
const WINDOW = 50

export interface SharedLimitOptions {
  readonly place: LimitPlace
  readonly worker: number
  readonly log: Log
  readonly breaker: Omit<HealthRules, 'rated'>
}

const others: Wait = { kind: 'wait', ms: 1_000, everybody: false }

/** One connection as this process uses it: what it has bought of the shared limit, its calls in flight, the provider's health. */
export class SharedLimit {
  readonly #parts: LeaveParts
  readonly #view = new LimitView()
  readonly #looker: Looker
  readonly #buyer: Buyer
  readonly #teller: HealthTeller
  readonly #lease: LeaseKeeper
  #rates: Rates
  #usedAt = performance.now()

  constructor(options: SharedLimitOptions & { rates: Rates; probeMs: number }) {
    this.#rates = options.rates
    this.#looker = new Looker({ place: options.place, view: this.#view })
    this.#buyer = new Buyer({ ...options, view: this.#view })
    this.#lease = new LeaseKeeper({ ...options, concurrency: options.rates.concurrency })
    const rules = (): HealthRules => ({ ...options.breaker, rated: this.#rates.calls !== null || this.#rates.messages !== null })
    this.#teller = new HealthTeller({ place: options.place, view: this.#view, rules, log: options.log })
    this.#parts = { place: options.place, lease: this.#lease, teller: this.#teller }
  }

  /** The limits as the connection's settings say now. `probeMs`: how long a call may take. */
  change(rates: Rates, probeMs: number): void {
    this.#rates = rates
    this.#buyer.change(rates, probeMs)
    this.#lease.change(rates.concurrency)
  }

  gate(kind: SendClass): Gate {
    const { concurrency } = this.#rates
    return {
      slice: sliceOfKind(this.#rates, kind),
      window: Math.min(WINDOW, concurrency ?? WINDOW),
      tryAsk: (rows) => this.#tryAsk({ kind, rows }),
      ask: (rows, options) => this.#ask({ kind, rows }, options),
    }
  }

  /** Once a second while it is used: renews the lease, looks how the others fare. */
  async beat(): Promise<void> {
    const idle = performance.now() - this.#usedAt > IDLE_MS
    await this.#lease.beat({ idle })
    if (idle) await this.#buyer.returnMessages()
    else await this.#looker.look()
  }

  async stop(): Promise<void> {
    await this.#teller.telling
    await this.#buyer.returnMessages()
    await this.#lease.stop()
  }

  /** What needs no statement: a connection without limits, or a part of what was bought. */
  #tryAsk({ kind, rows }: Wish): Leave | null {
    const now = (this.#usedAt = performance.now())
    const known = !this.#teller.telling && this.#looker.isRecent(now)
    if (!known || this.#view.opens > 0 || this.#view.blockedMs(now) > 0) return null
    const rated = isRated(this.#rates)
    if ((rated && kind === 'single') || !this.#lease.slots.tryTake()) return null
    const call = rated ? this.#buyer.atHand(rows, now) : freeCall(rows)
    if (call) return this.#leave(call)
    this.#lease.slots.release()
    return null
  }

  async #ask(wish: Wish, { patienceMs, stopped }: Patience): Promise<Leave | Wait> {
    const until = performance.now() + patienceMs
    for (;;) {
      const now = (this.#usedAt = performance.now())
      if (stopped()) return { kind: 'wait', ms: 0, everybody: false }
      if (this.#teller.telling) await this.#teller.telling
      await this.#looker.lookIfStale(now)
      const blocked = this.#view.blockedMs(performance.now())
      const got =
        blocked > 0
          ? { kind: 'wait' as const, ms: Math.min(LONGEST_WAIT_MS, Math.ceil(blocked)), everybody: true }
          : await this.#askSlot(wish, until)
      if (got.kind === 'go') return got
      const left = until - performance.now()
      if (left <= 0 || (got.everybody && got.ms > left)) return got
      await new Promise((resolve) => setTimeout(resolve, Math.min(STEP_MS, got.ms, left)))
    }
  }

  async #askSlot(wish: Wish, until: number): Promise<Leave | Wait> {
    if (!(await this.#lease.take(wish.kind, until - performance.now()))) return others
    try {
      const got = await this.#askRow(wish)
      if (got.kind === 'wait') this.#lease.slots.release()
      return got
    } catch (error) {
      this.#lease.slots.release()
      throw error
    }
  }

  async #askRow(wish: Wish): Promise<Leave | Wait> {
    for (;;) {
      const call = await this.#callFor(wish)
      if (call?.kind === 'wait') return call
      if (call) return this.#leave(call)
      const ahead = await this.#buyer.ahead(wish.rows)
      if (ahead) return ahead.kind === 'wait' ? ahead : this.#leave(ahead)
    }
  }

  /** Null: bulk has to buy ahead first. */
  async #callFor(wish: Wish): Promise<BoughtCall | Wait | null> {
    if (this.#view.opens > 0) return this.#buyer.one(wish)
    if (!isRated(this.#rates)) return freeCall(wish.rows)
    return wish.kind === 'single' ? this.#buyer.one(wish) : this.#buyer.atHand(wish.rows, performance.now())
  }

  #leave(call: BoughtCall): Leave {
    return makeLeave(this.#parts, call)
  }
}
