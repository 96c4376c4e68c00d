/** A purchase may lie so much off the end of the last one and still count as its continuation: two clocks and a network are between. */
const JOIN_MS = 10

/**
 * The piece of a connection's line that this process has bought: calls are put on it one after the other. All times are
 * `performance.now()`. What passes unused is lost: sending less is better than a burst.
 */
export class Line {
  #start = 0
  #end = 0

  /** The time of a call that costs `ms`; null: the piece is used up. */
  take(ms: number, now: number): number | null {
    if (this.#start < now) this.#start = now
    if (this.#start + ms > this.#end + 0.001) return null
    const at = this.#start
    this.#start += ms
    return at
  }

  /**
   * The last `ms` of what a call took are not needed after all; `until`: where what it took ends. They can be used while nobody took
   * anything behind them: else the next call would get what somebody has already.
   */
  giveBack(ms: number, until: number): void {
    if (Math.abs(until - this.#start) < 0.001) this.#start -= ms
  }

  /** What is left, ms. */
  left(now: number): number {
    return Math.max(0, this.#end - Math.max(this.#start, now))
  }

  /** A piece was bought that begins at `start`. What was left of the last one counts only where both touch. */
  add(start: number, ms: number): void {
    if (Math.abs(start - this.#end) > JOIN_MS || this.#start >= this.#end) this.#start = start
    this.#end = start + ms
  }
}
