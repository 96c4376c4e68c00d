import type { Pool } from 'pg'
import { databaseNow } from '#server/database/now.ts'
import { databaseClock } from '#server/worker/database-clock.ts'

/** At once where the time is known, as it is for thousands of requests a second; else after a question. */
export type Now = () => Date | Promise<Date>

/** What was told longer ago is asked anew: by then the own clock may have drifted. */
const FRESH_MS = 60_000
/** Far more than clocks are set by, far less than matters: the machine slept, or its clock was set. */
const JUMP_MS = 1000

interface Told {
  readonly now: () => number
  readonly at: number
  /** How far the machine's clock was ahead of the monotonic one. */
  readonly ahead: number
}

/**
 * The database's clock for what comes in: `received_at` and the month of the open run must not depend on how this machine's clock is set,
 * for workers and the other servers go by the database's. Every commit tells it the time (`told`), so that no request asks for it; only the
 * first one after a quiet minute does.
 */
export class IntakeClock {
  readonly #pool: Pool
  readonly #wall: () => number
  readonly #monotonic: () => number
  #last: Told | null = null
  #asking: Promise<Date> | null = null

  constructor(
    pool: Pool,
    own: { wall: () => number; monotonic: () => number } = { wall: Date.now, monotonic: () => performance.now() },
  ) {
    this.#pool = pool
    this.#wall = own.wall
    this.#monotonic = own.monotonic
  }

  readonly now: Now = () => {
    const last = this.#last
    const monotonic = this.#monotonic()
    const known = last !== null && monotonic - last.at < FRESH_MS && Math.abs(this.#wall() - monotonic - last.ahead) < JUMP_MS
    return known ? new Date(last.now()) : this.#ask()
  }

  /** The database's time (ms since 1970), answered just now. */
  told(ms: number): void {
    const at = this.#monotonic()
    this.#last = { now: databaseClock(ms, this.#monotonic), at, ahead: this.#wall() - at }
  }

  /** Once for all that ask in the same moment. */
  #ask(): Promise<Date> {
    this.#asking ??= databaseNow(this.#pool)
      .then((now) => {
        this.told(now.getTime())
        return now
      })
      .finally(() => (this.#asking = null))
    return this.#asking
  }
}
