import { createHash } from 'node:crypto'
import type { Prepared } from './prepare.ts'
import type { Answer, Answered } from './results.ts'

interface One {
  readonly answer: Answer
  readonly proof: Buffer | null
  readonly retryAfterMs: number | undefined
}

/** Answers that are taken to be recorded, in the order of their rows. */
export interface TakenAnswers {
  readonly answered: Answered
  /** SHA-256 over the proofs of their calls. */
  readonly bodyHash: Buffer
  /** The proof of each call by the place of its row. */
  readonly proofs: ReadonlyMap<number, Buffer>
  /** The longest wait that one of them asked for. */
  readonly retryAfterMs: number | undefined
}

/** Answers of a window's calls, which come in any order, by the row's place in the chunk. */
export class WindowAnswers {
  readonly #rows: Prepared['rows']
  readonly #answers = new Map<number, One>()
  #done: number

  constructor(rows: Prepared['rows'], from: number) {
    this.#rows = rows
    this.#done = from
  }

  put(
    place: number,
    answer: Answer,
    { proof = null, retryAfterMs }: { proof?: Buffer | null; retryAfterMs?: number | undefined } = {},
  ): void {
    this.#answers.set(place, { answer, proof, retryAfterMs })
  }

  /** The end of the longest beginning of rows that are answered or not ready, up to `most`. */
  answeredTo(most: number): number {
    while (this.#done < most && (this.#answers.has(this.#done) || !this.#rows[this.#done]?.ready)) this.#done++
    return this.#done
  }

  /** Gives each ready row in [from, to) that has no answer this one. */
  fill(from: number, to: number, answer: Answer): void {
    for (let place = from; place < to; place++) if (this.#rows[place]?.ready && !this.#answers.has(place)) this.put(place, answer)
  }

  /** Takes out the answers of rows in [from, to). */
  take(from: number, to: number): TakenAnswers {
    const answered = new Map<number, Answer>()
    const proofs = new Map<number, Buffer>()
    const said = createHash('sha256')
    let retryAfterMs: number | undefined
    for (let place = from; place < to; place++) {
      const one = this.#answers.get(place)
      if (!one) continue
      answered.set(place, one.answer)
      if (one.proof) {
        said.update(one.proof)
        proofs.set(place, one.proof)
      }
      if (one.retryAfterMs !== undefined) retryAfterMs = Math.max(one.retryAfterMs, retryAfterMs ?? 0)
      this.#answers.delete(place)
    }
    return { answered, bodyHash: said.digest(), proofs, retryAfterMs }
  }
}
