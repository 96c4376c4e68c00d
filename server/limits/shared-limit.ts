import type { Gate, Leave, Patience, Wait } from '#runtime/run/gate.ts'
import type { Log } from '#runtime/sdk/index.ts'
import { Bought, type Part } from './bought.ts'
import { HealthTeller } from './health-teller.ts'
import { LeaseKeeper } from './lease-keeper.ts'
import type { LimitPlace } from './place.ts'
import { costOf, dayShare, isRated, limitingRate, sliceOfKind, type Rates, type SendClass } from './rates.ts'
import { dropProbe, type HealthRules } from './report-health.ts'
import { reserve, unreserve, type Reserved } from './reserve.ts'
import { LimitView, readHealth } from './view.ts'

/** Nothing is reserved that begins later: who has to wait longer lets others have the line. */
const PATIENCE_MS = 2_000
/** A piece of the line that is bought at once, ms, so that small calls do not ask one by one. */
const PIECE_MS = 200
/** Without a look at the row for so long nothing is assumed of it. */
const STALE_MS = 5_000
const FRESH_MS = 250
const IDLE_MS = 5_000
/** Nobody is sent away for longer: somebody may raise a limit or mend a connection meanwhile. */
const LONGEST_WAIT_MS = 300_000
/** Stop is felt within this time. */
const STEP_MS = 100
const WINDOW = 50

export interface SharedLimitOptions {
  readonly place: LimitPlace
  readonly worker: number
  readonly log: Log
  readonly breaker: Omit<HealthRules, 'rated'>
}

interface Wish {
  readonly kind: SendClass
  readonly rows: number
}

const others: Wait = { kind: 'wait', ms: 1_000, everybody: false }

/** One connection as this process uses it: what it has bought of the shared limit, its calls in flight, the provider's health. */
export class SharedLimit {
  readonly #place: LimitPlace
  readonly #view = new LimitView()
  readonly #bought = new Bought()
  readonly #teller: HealthTeller
  readonly #lease: LeaseKeeper
  #rates: Rates
  #probeMs: number
  #buying: Promise<Wait | null> | null = null
  #looking: Promise<void> | null = null
  #usedAt = performance.now()

  constructor(options: SharedLimitOptions & { rates: Rates; probeMs: number }) {
    this.#place = options.place
    this.#rates = options.rates
    this.#probeMs = options.probeMs
    this.#lease = new LeaseKeeper({ ...options, concurrency: options.rates.concurrency })
    const rules = (): HealthRules => ({ ...options.breaker, rated: this.#rates.calls !== null || this.#rates.messages !== null })
    this.#teller = new HealthTeller({ place: options.place, view: this.#view, rules, log: options.log })
  }

  /** The limits as the connection's settings say now. `probeMs`: how long a call may take. */
  change(rates: Rates, probeMs: number): void {
    this.#rates = rates
    this.#probeMs = probeMs
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
    if (idle) await this.#returnMessages()
    else await this.#look()
  }

  async stop(): Promise<void> {
    await this.#teller.telling
    await this.#returnMessages()
    await this.#lease.stop()
  }

  /** What needs no statement: a connection without limits, or a part of what was bought. */
  #tryAsk({ kind, rows }: Wish): Leave | null {
    const now = (this.#usedAt = performance.now())
    const known = !this.#teller.telling && now - this.#view.seenAt < STALE_MS
    if (!known || this.#view.opens > 0 || this.#view.blockedMs(now) > 0) return null
    const rated = isRated(this.#rates)
    if ((rated && kind === 'single') || !this.#lease.slots.tryTake()) return null
    const part = rated ? this.#bought.take(this.#rates, rows, now) : { at: now, rows, lineMs: 0 }
    if (part) return this.#leave(part)
    this.#lease.slots.release()
    return null
  }

  async #ask(wish: Wish, { patienceMs, stopped }: Patience): Promise<Leave | Wait> {
    const until = performance.now() + patienceMs
    for (;;) {
      const now = (this.#usedAt = performance.now())
      if (stopped()) return { kind: 'wait', ms: 0, everybody: false }
      if (this.#teller.telling) await this.#teller.telling
      // Before somebody is sent away: it may be over already.
      const stale = this.#view.blockedMs(now) > 0 ? FRESH_MS : STALE_MS
      if (now - this.#view.seenAt > stale) await this.#look()
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
    const { rows } = wish
    for (;;) {
      const now = performance.now()
      if (this.#view.opens > 0) return this.#buyOne(wish)
      if (!isRated(this.#rates)) return this.#leave({ at: now, rows, lineMs: 0 })
      if (wish.kind === 'single') return this.#buyOne(wish)
      const part = this.#bought.take(this.#rates, rows, now)
      if (part) return this.#leave(part)
      this.#buying ??= this.#buyPiece(rows).finally(() => (this.#buying = null))
      const wait = await this.#buying
      if (wait) return wait
    }
  }

  async #buyPiece(rows: number): Promise<Wait | null> {
    const { lineMs } = costOf(this.#rates, { messages: rows, kind: 'bulk' })
    const calls = lineMs === 0 ? 1 : Math.max(1, Math.floor(PIECE_MS / lineMs))
    const askedMs = lineMs * calls
    const got = await this.#reserve({ kind: 'bulk', rows: rows * calls }, askedMs)
    if (got.kind === 'wait') return waitOf(got, lineMs)
    this.#bought.add({ ...got, askedMs }, this.#rates)
    if (got.probe) {
      // It opened in this moment: one call tries, not a piece.
      this.#view.open(0)
      await dropProbe(this.#place)
    }
    return null
  }

  /** For one call: of single sends, or to try a provider that failed. */
  async #buyOne(wish: Wish): Promise<Leave | Wait> {
    const { lineMs } = costOf(this.#rates, { messages: wish.rows, kind: wish.kind })
    const got = await this.#reserve(wish, lineMs)
    if (got.kind === 'wait') return waitOf(got, lineMs)
    if (!got.probe) this.#view.opens = 0
    const part = { at: performance.now() + got.waitMs, rows: got.messages, lineMs: 0 }
    return this.#leave(part, {
      probe: got.probe,
      giveBack: (messages, made) => this.#unreserve({ ...wish, kept: got.kept }, { messages, made }),
    })
  }

  async #reserve({ kind, rows }: Wish, lineMs: number): Promise<Reserved> {
    const { reserveMs, reserveBurstMs } = costOf(this.#rates, { messages: rows, kind })
    const got = await reserve(this.#place, {
      lineMs,
      reserveMs,
      reserveBurstMs,
      patienceMs: PATIENCE_MS,
      messages: rows,
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

  #leave(
    part: Part,
    { probe, giveBack }: { probe: boolean; giveBack: (messages: number, made: boolean) => void } = {
      probe: false,
      giveBack: this.#giver(part),
    },
  ): Leave {
    let open = true
    const end = (): boolean => {
      const first = open
      open = false
      if (first) this.#lease.slots.release()
      return first
    }
    return {
      kind: 'go',
      at: part.at,
      rows: part.rows,
      probe,
      carries: (messages) => open && giveBack(Math.min(messages, part.rows), true),
      ended: (health) => {
        if (end()) this.#teller.hear(health, { probe })
      },
      unused: () => {
        if (!end()) return
        giveBack(0, false)
        if (probe) void dropProbe(this.#place).catch(() => undefined)
      },
    }
  }

  #giver(part: Part): (messages: number, made: boolean) => void {
    let left = part
    return (messages, made) => (left = this.#bought.giveBack(this.#rates, left, { messages, made }))
  }

  /** What a single send does not use goes back to all. */
  #unreserve(wish: Wish & { kept: boolean }, { messages, made }: { messages: number; made: boolean }): void {
    const costs = [wish.rows, messages].map((rows) => costOf(this.#rates, { messages: rows, kind: wish.kind }))
    const ms = (of: 'lineMs' | 'reserveMs'): number => (costs[0]?.[of] ?? 0) - (made ? (costs[1]?.[of] ?? 0) : 0)
    const unused = { messages: wish.rows - messages, ...(wish.kept ? { reserveMs: ms('reserveMs') } : { lineMs: ms('lineMs') }) }
    if (unused.messages === 0 && made) return
    // Lost at worst: less is sent than allowed.
    void unreserve(this.#place, unused).catch(() => undefined)
  }

  #look(): Promise<void> {
    this.#looking ??= readHealth(this.#place)
      .then((health) => this.#view.see(health))
      .finally(() => (this.#looking = null))
    return this.#looking
  }

  async #returnMessages(): Promise<void> {
    const messages = this.#bought.takeMessages()
    if (messages > 0) await unreserve(this.#place, { messages })
  }
}

/** A short wait for the line is the others' turn; everything else, and a limit so slow that one call takes longer, is everybody's. */
function waitOf(got: Extract<Reserved, { kind: 'wait' }>, lineMs: number): Wait {
  return { kind: 'wait', ms: Math.min(LONGEST_WAIT_MS, got.ms), everybody: got.why !== 'line' || lineMs > PATIENCE_MS }
}
