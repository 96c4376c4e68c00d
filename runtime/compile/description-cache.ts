import type { Clock, Described, StoredError } from '#runtime/sdk/index.ts'

/** What came of asking the outside about a node: its answer, or its error. */
export type Description = { readonly described: Described } | { readonly error: StoredError }

const ANEW_MS = 5_000

type MaybePromise<Value> = Value | Promise<Value>

/** Where descriptions are kept between checks, by a hash of all they depend on. */
export interface DescriptionCache {
  /** `youngerThanMs`: what was asked longer ago does not count. */
  get(hash: string, youngerThanMs?: number): MaybePromise<Description | null>
  /** Kept for `forMs` at most; losing it earlier costs one question more. */
  set(hash: string, description: Description, forMs: number): MaybePromise<void>
}

/** In memory, for one process; at most `max` descriptions, the ones that were not used for longest go first. */
export function createDescriptionCache(clock: Pick<Clock, 'now'>, max = 2_000): DescriptionCache {
  const kept = new Map<string, { description: Description; since: number; until: number }>()
  const now = (): number => clock.now().getTime()
  return {
    get(hash, youngerThanMs = Infinity) {
      const found = kept.get(hash)
      if (!found) return null
      kept.delete(hash)
      if (found.until <= now()) return null
      kept.set(hash, found)
      return now() - found.since < youngerThanMs ? found.description : null
    },
    set(hash, description, forMs) {
      kept.delete(hash)
      kept.set(hash, { description, since: now(), until: now() + forMs })
      for (const oldest of kept.keys()) {
        if (kept.size <= max) break
        kept.delete(oldest)
      }
    },
  }
}

/** A person wants to know how it is now: of what is kept only what was asked in the last few seconds counts, for several windows and calls. */
export function askedAnew(cache: DescriptionCache): DescriptionCache {
  return { get: (hash) => cache.get(hash, ANEW_MS), set: (hash, description, forMs) => cache.set(hash, description, forMs) }
}
