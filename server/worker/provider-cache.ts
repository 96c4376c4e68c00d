import type { Clock } from '#runtime/sdk/index.ts'
import type { OpenProvider } from './engine-deps.ts'

/** A connection that was mended is used after this time at the latest. */
const KEPT_MS = 2_000

interface Kept {
  readonly opened: Promise<OpenProvider>
  readonly until: number
}

/** Providers, opened once for all lanes that start at about the same time: a session may keep connections and what it learned of limits. */
export class ProviderCache {
  readonly #open: (workspaceId: string, id: string) => Promise<OpenProvider>
  readonly #clock: Clock
  readonly #kept = new Map<string, Kept>()

  constructor(open: (workspaceId: string, id: string) => Promise<OpenProvider>, clock: Clock) {
    this.#open = open
    this.#clock = clock
  }

  /** Throws `connection-missing`. */
  get(workspaceId: string, id: string): Promise<OpenProvider> {
    const key = `${workspaceId} ${id}`
    const now = this.#clock.now().getTime()
    const kept = this.#kept.get(key)
    if (kept && kept.until > now) return kept.opened
    const opened = this.#open(workspaceId, id)
    this.#kept.set(key, { opened, until: now + KEPT_MS })
    opened.catch(() => this.#kept.delete(key))
    return opened
  }
}
