import type { RunFrame } from '#schemas/frames.ts'
import type { Language } from '#schemas/localized.ts'
import type { Log } from '#runtime/sdk/index.ts'
import type { RunFactsDeps, RunFactsReader } from '#server/runs/facts.ts'
import { sentOf } from '#server/runs/pace.ts'
import { isOver, readRunRow, type PinnedRunRow } from '#server/runs/run-row.ts'
import { recentMessages } from './recent.ts'
import { Series } from './series.ts'

/** At most four snapshots a second, also where a network brings one a little late and the next a little early. */
const LEAST_MS = 280
/** Without news: what nobody tells of (a call that began) is seen all the same. */
const LOOK_MS = 2_000
/** A watch that begins so soon after the run saw all of it. */
const FRESH_MS = 5_000

export interface WatchDeps {
  readonly reading: RunFactsDeps
  readonly facts: RunFactsReader
  readonly log: Log
}

export interface Watcher {
  readonly language: Language
  send(frame: RunFrame): void
}

/** One run that somebody looks at: its numbers are summed once for all who do. */
export class WatchedRun {
  readonly #deps: WatchDeps
  readonly #place: { workspaceId: string; runId: string }
  readonly #watchers = new Set<Watcher>()
  /** Those who have not seen anything yet. */
  readonly #newcomers = new Set<Watcher>()
  readonly #series = new Series()
  #version = 0
  #lookedAt = 0
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | null = null
  #news = false
  #over = false
  #last = new Map<Language, string>()

  constructor(deps: WatchDeps, place: { workspaceId: string; runId: string }) {
    this.#deps = deps
    this.#place = place
  }

  get watched(): boolean {
    return this.#watchers.size > 0
  }

  /** The newcomer gets a snapshot at once. */
  add(watcher: Watcher): void {
    this.#watchers.add(watcher)
    this.#newcomers.add(watcher)
    this.heard()
  }

  remove(watcher: Watcher): void {
    this.#watchers.delete(watcher)
    this.#newcomers.delete(watcher)
    if (!this.watched) this.stop()
  }

  /** Something changed: a snapshot is made, now or when the last one is old enough. */
  heard(): void {
    this.#news = true
    if (!this.#looking) this.#schedule(Math.max(0, this.#lookedAt + LEAST_MS - Date.now()))
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #schedule(inMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#looking = this.#look()
        .catch((error: unknown) =>
          this.#deps.log.warn('A snapshot of a run failed', { detail: error instanceof Error ? error.message : String(error) }),
        )
        .finally(() => {
          this.#looking = null
          if (!this.watched) return
          if (this.#news) this.#schedule(LEAST_MS)
          else if (!this.#over || this.#newcomers.size > 0) this.#schedule(LOOK_MS)
        })
    }, inMs)
  }

  async #look(): Promise<void> {
    this.#news = false
    this.#lookedAt = Date.now()
    const row = await readRunRow(this.#deps.reading.pool, this.#place)
    this.#over = isOver(row)
    for (const [language, watchers] of Map.groupBy(this.#watchers, (watcher) => watcher.language)) {
      const frame = await this.#frame(row, language)
      const content = JSON.stringify({ ...frame, version: 0, series: frame.series.length, eta: null, rate: null })
      // Who came while the snapshot was made is told by the next one, though nothing changed for the others.
      const changed = this.#last.get(language) !== content
      this.#last.set(language, content)
      for (const watcher of watchers) if (this.#newcomers.delete(watcher) || changed) watcher.send(frame)
    }
  }

  async #frame(row: PinnedRunRow, language: Language): Promise<RunFrame> {
    const { reading, facts } = this.#deps
    const rate = this.#series.rate()
    const now = await facts.read(row, { language, ...(rate !== null && !this.#over && { rate }) })
    const at = Date.now()
    if (this.#version === 0 && at - new Date(row.started_at).getTime() < FRESH_MS)
      this.#series.add(new Date(row.started_at).getTime(), 0)
    this.#series.add(at, sentOf(now.outcomes))
    const open = await reading.known.get(row.id)
    const { pool, registry } = reading
    const recent = open ? await recentMessages({ pool, registry, language }, { runId: row.id, pinned: row.pinned, open }) : []
    // By the clock, so that it grows also from one server process to the next.
    this.#version = Math.max(this.#version + 1, at)
    const { state, reason, recipients, toSend, excluded, nodes, outcomes, cause, eta, expiresAt, cost, lawHolds } = now
    const { stopping, actions, warnings } = now
    const counts = { recipients, toSend, excluded, nodes, outcomes, cost, lawHolds }
    return {
      type: 'run',
      runId: row.id,
      version: this.#version,
      state,
      reason,
      stopping,
      actions,
      warnings,
      ...counts,
      rate: now.rate,
      cause,
      eta,
      expiresAt,
      series: this.#series.points(),
      recent,
    }
  }
}
