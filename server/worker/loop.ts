import type { Log } from '#runtime/sdk/index.ts'

export interface Loop {
  /** Lets the round that is under way end; none follows. */
  stop(): Promise<void>
}

/** Does something again and again, with a pause between two rounds; a round that throws is logged and keeps none from following. */
export function startLoop(options: { everyMs: number; log: Log; what: string; round(): Promise<void> }): Loop {
  const { everyMs, log, what } = options
  let ended = false
  let wake: (() => void) | null = null
  const loop = (async () => {
    while (!ended) {
      try {
        await options.round()
      } catch (error) {
        if (!ended)
          log.warn(`${what} failed and is tried again`, { detail: error instanceof Error ? error.message : String(error) })
      }
      if (ended) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return {
    async stop() {
      ended = true
      wake?.()
      await loop
    },
  }
}
