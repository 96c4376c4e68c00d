import type { Clock } from '#runtime/sdk/index.ts'

/** A clock that stands still until somebody waits: then it is that much later at once, so that a week takes no time. */
export function virtualClock(start: Date): Clock {
  let now = start.getTime()
  return {
    now: () => new Date(now),
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason as Error)
      now += Math.max(0, ms)
      return Promise.resolve()
    },
  }
}
