import type { Log } from '#runtime/sdk/index.ts'
import { dropLease, leaseCalls } from './lease.ts'
import type { LimitPlace } from './place.ts'
import type { SendClass } from './rates.ts'
import { Slots } from './slots.ts'

/** After others held all calls it is not asked for more before this time. */
const AGAIN_MS = 200

/** This process's part of the calls that a connection may have in flight. */
export class LeaseKeeper {
  readonly slots: Slots
  readonly #place: LimitPlace
  readonly #worker: number
  readonly #log: Log
  #concurrency: number | null
  #leased = false
  #asking: Promise<void> | null = null
  #askedAt = Number.NEGATIVE_INFINITY

  constructor(options: { place: LimitPlace; worker: number; log: Log; concurrency: number | null }) {
    this.#place = options.place
    this.#worker = options.worker
    this.#log = options.log
    this.#concurrency = options.concurrency
    this.slots = new Slots(options.concurrency === null ? null : 0)
  }

  change(concurrency: number | null): void {
    if (concurrency === this.#concurrency) return
    this.#concurrency = concurrency
    // Nothing new begins before the next answer, which knows the new limit.
    this.slots.allow(concurrency === null ? null : this.slots.busy)
    this.#askedAt = Number.NEGATIVE_INFINITY
  }

  /** Leave for one call in flight; false: there is none in that time. */
  async take(kind: SendClass, patienceMs: number): Promise<boolean> {
    if (this.slots.tryTake()) return true
    if (performance.now() - this.#askedAt > AGAIN_MS) await this.#renew(1)
    return this.slots.take(kind, patienceMs)
  }

  async beat({ idle }: { idle: boolean }): Promise<void> {
    if (this.#concurrency === null) return
    if (!idle || this.slots.busy > 0) return this.#renew(0)
    if (this.#leased) await this.stop()
  }

  async stop(): Promise<void> {
    if (!this.#leased || this.slots.busy > 0) return
    this.slots.allow(this.#concurrency === null ? null : 0)
    this.#leased = false
    await dropLease(this.#place, this.#worker)
  }

  #renew(more: number): Promise<void> {
    this.#asking ??= this.#ask(more).finally(() => (this.#asking = null))
    return this.#asking
  }

  async #ask(more: number): Promise<void> {
    if (this.#concurrency === null) return
    const { busy } = this.slots
    const wanted = Math.max(this.slots.peak(), busy + more)
    // Nothing begins while we ask: what is free with us may be given to others.
    this.slots.allow(busy)
    try {
      const concurrency = this.#concurrency
      const calls = await leaseCalls(this.#place, { worker: this.#worker, concurrency, busy, wanted })
      this.#leased = true
      if (this.#concurrency !== null) this.slots.allow(calls)
    } catch (error) {
      this.#log.warn('Leave for calls could not be asked for; it is asked for again', {
        connectionId: this.#place.connectionId,
        detail: error instanceof Error ? error.message : String(error),
      })
    }
    this.#askedAt = performance.now()
  }
}
