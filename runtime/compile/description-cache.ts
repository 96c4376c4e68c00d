import type { Clock, Described, StoredError } from '#runtime/sdk/index.ts'

/** What came of asking the outside about a node: its answer, or its error. */
export type Description = { readonly described: Described } | { readonly error: StoredError }

type MaybePromise<Value> = Value | Promise<Value>

/** Where descriptions are kept between checks, by a hash of all they depend on. */
export interface DescriptionCache {
  get(hash: string): MaybePromise<Description | null>
  /** Kept for `forMs` at most; losing it earlier costs one question more. */
  set(hash: string, description: Description, forMs: number): MaybePromise<void>
}

/** In memory, for one process; at most `max` descriptions, the ones that were not used for longest go first. */
export function createDescriptionCache(clock: Pick<Clock, 'now'>, max = 2_000): DescriptionCache {
  const kept = new Map<string, { description: Description; until: number }>()
  return {
    get(hash) {
      const found = kept.get(hash)
      if (!found) return null
      kept.delete(hash)
      if (found.until <= clock.now().getTime()) return null
      kept.set(hash, found)
      return found.description
    },
    set(hash, description, forMs) {
      kept.delete(hash)
      kept.set(hash, { description, until: clock.now().getTime() + forMs })
      for (const oldest of kept.keys()) {
        if (kept.size <= max) break
        kept.delete(oldest)
      }
    },
  }
}
