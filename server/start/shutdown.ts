import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#runtime/sdk/index.ts'

/** A part that does not end in this time is left behind: what comes after it must still be closed. */
const patienceMs = 15_000

/** The end of the process: who wants it, and what has to be closed, last opened first. */
export interface Shutdown {
  /** Aborted as soon as the end is wanted; long steps of the start watch it. */
  readonly signal: AbortSignal
  /** Settles when the end is wanted: null for a person's wish, else what went wrong. */
  readonly wanted: Promise<Error | null>
  /** Asks for the end; the first asking counts. */
  request(reason: Error | null): void
  /** Something was opened: this closes it. `patienceMs`: for a part that needs longer than usual. */
  opened(name: string, close: () => Promise<void>, patienceMs?: number): void
  /** Closes everything, in order; never throws. */
  closeAll(): Promise<void>
}

export function createShutdown(log: Log): Shutdown {
  const controller = new AbortController()
  const { promise: wanted, resolve } = Promise.withResolvers<Error | null>()
  const open: { name: string; close: () => Promise<void>; patience: number }[] = []
  return {
    signal: controller.signal,
    wanted,
    request(reason) {
      resolve(reason)
      controller.abort()
    },
    opened: (name, close, patience = patienceMs) => void open.push({ name, close, patience }),
    async closeAll() {
      for (let part = open.pop(); part; part = open.pop()) {
        const { name, close, patience } = part
        const late = sleep(patience, undefined, { ref: false }).then(() => log.warn(`${name} did not end in time`))
        await Promise.race([
          late,
          close().catch((error: unknown) => log.warn(`${name} did not end orderly`, { error: String(error) })),
        ])
      }
    },
  }
}

/** One wish may come twice: npm passes on a Ctrl-C that the terminal has sent us as well. */
const sameWishMs = 1000

/** Ctrl-C, `kill`, a closed terminal: the first asks for an orderly end, a second one later ends at once. */
export function endOnSignals(shutdown: Shutdown): void {
  let askedAt: number | null = null
  const end = () => {
    // The worker and the database notice that we are gone and end by themselves.
    if (askedAt !== null && performance.now() - askedAt > sameWishMs) process.exit(130)
    askedAt ??= performance.now()
    shutdown.request(null)
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, end)
  if (process.env.npm_lifecycle_event) endWithParent(end)
}

/** npm runs us below a shell; where a signal ends that shell only, its end is all we notice. */
function endWithParent(end: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    end()
  }, 500)
  timer.unref()
}
