/**
 * Runs for which this worker begins nothing: cancelled or paused ones. Heard of at once (`NOTIFY alimflow_cancel`: a run's id, or `-` and
 * the id when it goes on), and looked up with each tick for what was not heard.
 */
export class StoppedRuns {
  #stopped: ReadonlySet<string> = new Set()
  /** What was heard since the look began: newer than what the look will say. */
  readonly #news = new Map<string, boolean>()

  has(runId: string): boolean {
    return this.#stopped.has(runId)
  }

  heard(payload: string): void {
    const goesOn = payload.startsWith('-')
    this.#news.set(goesOn ? payload.slice(1) : payload, !goesOn)
    this.#apply(this.#stopped)
  }

  /** Before the tables are read. */
  look(): void {
    this.#news.clear()
  }

  /** What the tables said. */
  learn(stopped: ReadonlySet<string>): void {
    this.#apply(stopped)
  }

  #apply(stopped: ReadonlySet<string>): void {
    const next = new Set(stopped)
    for (const [runId, stops] of this.#news) {
      if (stops) next.add(runId)
      else next.delete(runId)
    }
    this.#stopped = next
  }
}
