import type { SendLedger, TakenChunk } from '#runtime/run/ledger.ts'
import type { Held } from '#server/ledger/sweep.ts'

interface InHand extends Held {
  /** `performance.now()` at which our right to call ends. */
  readonly deadline: number
}

/**
 * The chunks that lanes of this process work on. The sweep needs them, to find what is ours in the tables and in no lane's hands; the
 * supervisor hears the nearest deadline, to end a frozen process before others take its chunks.
 */
export class Hands {
  readonly #chunks = new Map<string, InHand>()

  /** What lanes hold now. */
  held(): Held[] {
    return [...this.#chunks.values()]
  }

  /** ms until the first of our claims ends; null: nothing is claimed. */
  nearestDeadlineMs(): number | null {
    let nearest = Number.POSITIVE_INFINITY
    for (const { deadline } of this.#chunks.values()) nearest = Math.min(nearest, deadline)
    return nearest === Number.POSITIVE_INFINITY ? null : nearest - performance.now()
  }

  /** The tables of one run, with what is taken from them noted here. `windowMs`: how long a recorded chunk stays ours. */
  watch(runNo: number, ledger: SendLedger, windowMs: number): SendLedger {
    const keyOf = (chunk: TakenChunk): string => `${runNo} ${chunk.nodeNo} ${chunk.no} ${chunk.epoch}`
    const hold = (chunk: TakenChunk, deadline: number): void =>
      void this.#chunks.set(keyOf(chunk), { runNo, nodeNo: chunk.nodeNo, no: chunk.no, deadline })
    const drop = (chunk: TakenChunk): void => void this.#chunks.delete(keyOf(chunk))
    return {
      ...ledger,
      async take(options) {
        const chunk = await ledger.take(options)
        if (chunk) hold(chunk, chunk.deadline)
        return chunk
      },
      async freeze(chunk, options) {
        const frozen = await ledger.freeze(chunk, options)
        if (frozen) hold(frozen, frozen.deadline)
        else drop(chunk)
        return frozen
      },
      async record(chunk, record) {
        const asked = performance.now()
        const answer = await ledger.record(chunk, record)
        if (answer === 'fenced' || record.to >= chunk.n) drop(chunk)
        else hold(chunk, asked + windowMs)
        return answer
      },
      async giveBack(chunk, options) {
        // Also where it fails: then no lane has it any more, and the sweep finds it at its deadline.
        await ledger.giveBack(chunk, options).finally(() => drop(chunk))
      },
      async reshape(taken, made) {
        const done = await ledger.reshape(taken, made)
        for (const chunk of taken) drop(chunk)
        return done
      },
    }
  }
}
