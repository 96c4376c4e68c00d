import { uptime } from 'node:os'

/** Times in ms: the wall clock, the process's own clock (which stands while the machine sleeps), the time since the machine was started. */
export interface Clocks {
  wall(): number
  own(): number
  /** In s; it runs on while the machine sleeps. */
  uptime(): number
}

const system: Clocks = { wall: () => Date.now(), own: () => performance.now(), uptime }
/** Far less than a claim lasts. A virtual machine that stands for a moment is no matter. */
const SLEPT_MS = 15_000

/**
 * Did the machine sleep? Then our own clock stood while others took our chunks, and no call may begin by it. The wall clock running ahead is
 * the sign, the time since the start of the machine the proof: a wall clock that was merely set is none. Once true, it stays true.
 */
export class SleepWatch {
  readonly #clocks: Clocks
  #ahead: number
  #up: number
  #slept = false

  constructor(clocks: Clocks = system) {
    this.#clocks = clocks
    this.#ahead = clocks.wall() - clocks.own()
    this.#up = clocks.uptime() * 1000 - clocks.own()
  }

  /** Asked before each call: cheap. */
  slept(): boolean {
    if (this.#slept) return true
    const ahead = this.#clocks.wall() - this.#clocks.own()
    if (ahead - this.#ahead < SLEPT_MS) {
      // Clocks are set by little all the time, and back; only a jump counts.
      this.#ahead = ahead
      return false
    }
    const up = this.#clocks.uptime() * 1000 - this.#clocks.own()
    this.#slept = up - this.#up >= SLEPT_MS
    this.#ahead = ahead
    this.#up = up
    return this.#slept
  }
}
