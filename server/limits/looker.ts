import type { LimitPlace } from './place.ts'
import { readHealth, type LimitView } from './view.ts'

/** Without a look at the row for so long nothing is assumed of it. */
const STALE_MS = 5_000
const FRESH_MS = 250

/** Looks at the shared row how the connection fares, once for all who ask at the same time. */
export class Looker {
  readonly #place: LimitPlace
  readonly #view: LimitView
  #looking: Promise<void> | null = null

  constructor({ place, view }: { place: LimitPlace; view: LimitView }) {
    this.#place = place
    this.#view = view
  }

  /** Was there a look lately enough to act on what was seen? */
  isRecent(now: number): boolean {
    return now - this.#view.seenAt < STALE_MS
  }

  /** Before somebody is sent away: it may be over already. */
  async lookIfStale(now: number): Promise<void> {
    const stale = this.#view.blockedMs(now) > 0 ? FRESH_MS : STALE_MS
    if (now - this.#view.seenAt > stale) await this.look()
  }

  look(): Promise<void> {
    this.#looking ??= readHealth(this.#place)
      .then((health) => this.#view.see(health))
      .finally(() => (this.#looking = null))
    return this.#looking
  }
}
