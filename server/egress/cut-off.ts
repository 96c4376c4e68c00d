/** What may end a call early. */
export interface Ends {
  /** ms from now. */
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

/** Who wants to hear of a signal's end. Hundreds of calls share one signal, and each listener of its own costs some µs. */
const waiting = new WeakMap<AbortSignal, Set<(reason: Error) => void>>()

/**
 * Calls `cut` once, at the time-out or when the signal is aborted (at once, where it is already).
 * @returns call it when it is not wanted any more
 */
export function cutOffAt({ timeoutMs, signal }: Ends, cut: (reason: Error) => void): () => void {
  if (signal?.aborted) {
    cut(reasonOf(signal))
    return () => undefined
  }
  const listeners = signal && listenersOf(signal)
  const cutOff = (reason: Error): void => {
    uncut()
    cut(reason)
  }
  const timer = setTimeout(() => cutOff(new DOMException('no answer in time', 'TimeoutError')), timeoutMs)
  const uncut = (): void => {
    clearTimeout(timer)
    listeners?.delete(cutOff)
  }
  listeners?.add(cutOff)
  return uncut
}

function listenersOf(signal: AbortSignal): Set<(reason: Error) => void> {
  const known = waiting.get(signal)
  if (known) return known
  const made = new Set<(reason: Error) => void>()
  waiting.set(signal, made)
  signal.addEventListener(
    'abort',
    () => {
      const all = [...made]
      made.clear()
      for (const one of all) one(reasonOf(signal))
    },
    { once: true },
  )
  return made
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  return reason instanceof Error ? reason : new DOMException('the call was cut off', 'AbortError')
}
