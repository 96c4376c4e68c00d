/** What may end a call early. */
export interface Ends {
  /** ms from now. */
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

/** Who wants to hear of a signal's end. */
class Listeners {
  readonly #signal: AbortSignal
  readonly #all = new Set<(reason: Error) => void>()

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  add(one: (reason: Error) => void): void {
    if (this.#all.size === 0) this.#signal.addEventListener('abort', this.#aborted)
    this.#all.add(one)
  }

  /** Where nobody is left the signal is let go of: Node keeps one alive that somebody listens to. */
  delete(one: (reason: Error) => void): void {
    if (this.#all.delete(one) && this.#all.size === 0) this.#signal.removeEventListener('abort', this.#aborted)
  }

  readonly #aborted = (): void => {
    const all = [...this.#all]
    this.#all.clear()
    this.#signal.removeEventListener('abort', this.#aborted)
    for (const one of all) one(reasonOf(this.#signal))
  }
}

/** Hundreds of calls share one signal, and each listener of its own costs some µs. */
const waiting = new WeakMap<AbortSignal, Listeners>()

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

function listenersOf(signal: AbortSignal): Listeners {
  const known = waiting.get(signal)
  if (known) return known
  const made = new Listeners(signal)
  waiting.set(signal, made)
  return made
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  return reason instanceof Error ? reason : new DOMException('the call was cut off', 'AbortError')
}
