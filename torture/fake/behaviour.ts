/** How the fake treats calls that send. */
export interface Behaviour {
  /** What goes wrong; `none`: nothing. */
  readonly kind:
    | 'none'
    | 'error-after-accept' // 500, and yet accepted
    | 'error-before-accept' // 500, nothing accepted
    | 'busy' // 429 without a word about when
    | 'busy-retry-after' // 429 with Retry-After: 1
    | 'busy-retry-odd' // 429 with a Retry-After that is no time, past, or broken
    | 'reset-after-accept'
    | 'reset-before-accept'
    | 'hang-after-accept' // never answers
    | 'hang-before-accept'
    | 'slow' // answers 1.5 s later
    | 'partial' // every fifth message is refused
    | 'malformed' // accepted, and the answer is half a JSON
    | 'half-outage' // every second call: 503, nothing accepted
    | 'wrong-key' // 401
  /** Of how many calls; from then on nothing goes wrong. Default: all. */
  readonly calls?: number
}

export const QUIET: Behaviour = { kind: 'none' }

/** Decides call by call. */
export class Misbehaving {
  #behaviour: Behaviour = QUIET
  #left = 0
  #calls = 0

  set(behaviour: Behaviour): void {
    this.#behaviour = behaviour
    this.#left = behaviour.calls ?? Number.POSITIVE_INFINITY
  }

  next(): Behaviour['kind'] {
    this.#calls++
    if (this.#left <= 0) return 'none'
    if (this.#behaviour.kind === 'half-outage' && this.#calls % 2 === 0) return 'none'
    this.#left--
    return this.#behaviour.kind
  }
}
