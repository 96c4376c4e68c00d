import type { Clock } from '#runtime/sdk/index.ts'

const KEPT_MS = 24 * 3_600_000
const KEPT = 10_000

/** Does a thing once per `Idempotency-Key`: a repeat within 24 hours gets the first answer. A failure is not kept. */
export function oncePerKey(clock: Pick<Clock, 'now'>): <T>(key: string | null, work: () => Promise<T>) => Promise<T> {
  const known = new Map<string, { at: number; answer: Promise<unknown> }>()
  return <T>(key: string | null, work: () => Promise<T>): Promise<T> => {
    if (key === null) return work()
    const now = clock.now().getTime()
    for (const [old, { at }] of known) {
      if (now - at < KEPT_MS && known.size <= KEPT) break
      known.delete(old)
    }
    const found = known.get(key)
    // The same key always stands for the same route, so the answer is of its type.
    if (found) return found.answer as Promise<T>
    const answer = work()
    known.set(key, { at: now, answer })
    answer.catch(() => known.delete(key))
    return answer
  }
}
