/**
 * What ends all waiting for a connection. Not a promise to be raced: each `Promise.race` against one that lives as long as the stream stays
 * registered with it, and holds on to the batch that it came to, until the stream ends (memory would grow with the rows).
 */
export class Loss {
  #error: unknown = null
  #wake: ((error: unknown) => void) | null = null

  /** The connection is of no use any more. Only the first reason counts. */
  report(error: Error): void {
    if (this.#error !== null) return
    this.#error = error
    this.#wake?.(error)
  }

  /** Settles as the work does, or fails with the loss if that comes first. One at a time. */
  during<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#error !== null) {
        work.catch(() => undefined)
        reject(this.#error)
        return
      }
      this.#wake = reject
      void work.then(resolve, reject).finally(() => (this.#wake = null))
    })
  }
}
