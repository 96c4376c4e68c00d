import { callFact } from './call-fact.ts'
import { callName } from './call-name.ts'
import type { KeptCall, TakenChunk } from './ledger.ts'
import type { Answer } from './results.ts'
import type { Sender } from './sender.ts'

/**
 * A call carries one message, and its reports are asked for by its own key: each message is then a call to be asked about. Where nobody
 * asks, or the provider made a handle for each, one note of many calls is enough.
 */
export function asksEach({ provider, session }: Pick<Sender, 'provider' | 'session'>): boolean {
  return provider.limits.batch === 1 && session.poll !== undefined && session.begin === undefined
}

/** What is known of calls that carried one message each, by the place of their row in the chunk. */
export function eachCall(
  sender: Sender,
  chunk: TakenChunk,
  rows: Iterable<{ readonly place: number; readonly answer: Answer; readonly bodyHash: Uint8Array }>,
): KeptCall[] {
  return Array.from(rows, ({ place, answer, bodyHash }): KeptCall => {
    const end = { kind: answer.state === 'unconfirmed' ? ('unknown' as const) : ('answered' as const) }
    return {
      from: place,
      ...callFact(sender, { end, slice: callName(sender, chunk, place), answered: new Map([[place, answer]]), bodyHash }),
    }
  })
}
