import type { Clock } from '#runtime/sdk/index.ts'
import type { OpenProvider } from './engine-deps.ts'

/** Opened anew after this time even where nothing was changed. */
const KEPT_MS = 2_000

interface Kept {
  readonly revision: number
  readonly opened: Promise<OpenProvider>
  readonly until: number
}

/** Where the cache asks: what a connection is now, and which edition of it that is. */
export interface ProviderSource {
  /** @throws AppError `connection-missing` */
  provider(workspaceId: string, id: string): Promise<OpenProvider>
  /** @throws AppError `connection-missing` */
  revision(workspaceId: string, id: string): Promise<number>
}

/**
 * Providers, opened once for all lanes that start at about the same time: a session may keep connections and what it learned of limits.
 * A run that starts right after a connection was saved gets it as it was saved: who just mended a key must not send with the old one.
 */
export class ProviderCache {
  readonly #from: ProviderSource
  readonly #clock: Clock
  readonly #kept = new Map<string, Kept>()

  constructor(from: ProviderSource, clock: Clock) {
    this.#from = from
    this.#clock = clock
  }

  /** Throws `connection-missing`. */
  async get(workspaceId: string, id: string): Promise<OpenProvider> {
    const key = `${workspaceId} ${id}`
    const revision = await this.#from.revision(workspaceId, id)
    const now = this.#clock.now().getTime()
    const kept = this.#kept.get(key)
    if (kept && kept.until > now && kept.revision === revision) return kept.opened
    const opened = this.#from.provider(workspaceId, id)
    this.#kept.set(key, { revision, opened, until: now + KEPT_MS })
    opened.catch(() => this.#kept.delete(key))
    return opened
  }
}
