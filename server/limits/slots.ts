import type { SendClass } from './rates.ts'

interface Waiting {
  readonly kind: SendClass
  ready(got: boolean): void
}

/** Calls in flight of this process over one connection, at most as many as it has leave for. Single sends come first. */
export class Slots {
  /** Null: as many as wanted. */
  #allowed: number | null
  #busy = 0
  #peak = 0
  #waiting: Waiting[] = []

  constructor(allowed: number | null) {
    this.#allowed = allowed
  }

  get busy(): number {
    return this.#busy
  }

  /** The most that were in flight or waiting at once since this was asked last. */
  peak(): number {
    const peak = Math.max(this.#peak, this.#busy + this.#waiting.length)
    this.#peak = this.#busy + this.#waiting.length
    return peak
  }

  tryTake(): boolean {
    if (this.#allowed !== null && this.#busy >= this.#allowed) return false
    this.#busy++
    this.#peak = Math.max(this.#peak, this.#busy + this.#waiting.length)
    return true
  }

  /** False: none came free in that time. */
  take(kind: SendClass, patienceMs: number): Promise<boolean> {
    if (this.tryTake()) return Promise.resolve(true)
    if (patienceMs <= 0) return Promise.resolve(false)
    return new Promise((resolve) => {
      const waiting: Waiting = {
        kind,
        ready: (got) => {
          clearTimeout(timer)
          resolve(got)
        },
      }
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting)
        resolve(false)
      }, patienceMs)
      const first = kind === 'single' ? this.#waiting.findIndex((one) => one.kind === 'bulk') : -1
      if (first < 0) this.#waiting.push(waiting)
      else this.#waiting.splice(first, 0, waiting)
      this.#peak = Math.max(this.#peak, this.#busy + this.#waiting.length)
    })
  }

  release(): void {
    this.#busy--
    this.#wake()
  }

  allow(allowed: number | null): void {
    this.#allowed = allowed
    this.#wake()
  }

  #wake(): void {
    while (this.#waiting.length > 0 && this.tryTake()) this.#waiting.shift()?.ready(true)
  }
}
