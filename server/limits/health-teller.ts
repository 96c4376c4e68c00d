import type { CallHealth } from '#runtime/run/gate.ts'
import type { Log } from '#runtime/sdk/index.ts'
import type { LimitPlace } from './place.ts'
import { reportHealth, type HealthNews, type HealthRules } from './report-health.ts'
import type { LimitView } from './view.ts'

const nothing: HealthNews = { answered: 0, failed: 0, busy: 0, retryAfterMs: null, probe: null }

/** Adds up how calls went and tells the shared row: nothing while all goes well, one statement for all news that came meanwhile. */
export class HealthTeller {
  readonly #place: LimitPlace
  readonly #view: LimitView
  readonly #rules: () => HealthRules
  readonly #log: Log
  #news: HealthNews = nothing
  #telling: Promise<void> | null = null

  constructor(options: { place: LimitPlace; view: LimitView; rules: () => HealthRules; log: Log }) {
    this.#place = options.place
    this.#view = options.view
    this.#rules = options.rules
    this.#log = options.log
  }

  /** Set while news is on its way: who asks for leave meanwhile should know of it first. */
  get telling(): Promise<void> | null {
    return this.#telling
  }

  hear(health: CallHealth, { probe }: { probe: boolean }): void {
    const news = this.#news
    const retryAfterMs = health.kind === 'busy' ? (health.retryAfterMs ?? null) : null
    this.#news = {
      answered: news.answered + (health.kind === 'failed' ? 0 : 1),
      failed: news.failed + (health.kind === 'failed' ? 1 : 0),
      busy: news.busy + (health.kind === 'busy' && retryAfterMs === null ? 1 : 0),
      retryAfterMs: retryAfterMs === null ? news.retryAfterMs : Math.max(retryAfterMs, news.retryAfterMs ?? 0),
      probe: probe ? (health.kind === 'failed' ? 'failed' : 'answered') : news.probe,
    }
    if (retryAfterMs !== null) this.#view.hold(retryAfterMs)
    if (health.kind !== 'answered' || probe || this.#view.score > 0 || this.#telling) this.#tell()
    else this.#news = nothing
  }

  #tell(): void {
    this.#telling ??= this.#tellAll().finally(() => (this.#telling = null))
  }

  async #tellAll(): Promise<void> {
    while (this.#news !== nothing) {
      const news = this.#news
      this.#news = nothing
      try {
        this.#view.see(await reportHealth(this.#place, { news, rules: this.#rules() }))
      } catch (error) {
        this.#log.warn('The health of a connection could not be noted', {
          connectionId: this.#place.connectionId,
          detail: error instanceof Error ? error.message : String(error),
        })
      }
    }
  }
}
