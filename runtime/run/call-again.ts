import { hash } from 'node:crypto'
import type { OutgoingMessage, SendResult } from '#runtime/sdk/index.ts'
import { configurationAnswer, lateAnswer, unknownAnswer, type CallEnd } from './call-end.ts'
import { callProvider, sliceFor } from './call.ts'
import { callRow } from './call-row.ts'
import type { KeptCall, TakenChunk } from './ledger.ts'
import type { Prepared } from './prepare.ts'
import { Proof } from './proof.ts'
import type { Answer } from './results.ts'
import type { Sender } from './sender.ts'
import { callFact } from './call-fact.ts'

/** Rows that were certainly not sent by the call that began at `from`. */
export interface RowsAgain {
  readonly from: number
  readonly places: readonly number[]
  /** They are everything that call may have carried: what goes out is the same call once more. */
  readonly whole: boolean
  /** Of this call, where they are not. */
  readonly generation: number
  readonly prepared: Prepared
}

export type AgainEnd =
  | Extract<CallEnd, { kind: 'fenced' | 'late' | 'configuration' }>
  | { readonly kind: 'called'; readonly answered: ReadonlyMap<number, Answer>; readonly calls: readonly KeptCall[] }

/**
 * Calls once more for rows in doubt that were not sent, in as many calls as they need (rows that were in flight one by one). Each call is
 * kept under a number of its own, so that each is looked up, and asked for reports, under its own handle.
 */
export async function callAgain(sender: Sender, chunk: TakenChunk, rows: RowsAgain): Promise<AgainEnd> {
  const { from, whole, prepared } = rows
  const most = sender.provider.limits.batch
  const generation = whole ? 0 : rows.generation
  const answered = new Map<number, Answer>()
  const calls: KeptCall[] = []
  for (let at = 0; at < rows.places.length; at += most) {
    const places = rows.places.slice(at, at + most)
    const same = sliceFor(sender, chunk, { from, places, rows: prepared.rows })
    // The provider may know the key of the first call: another content must not go under it.
    const slice = whole && places.length === rows.places.length ? same : { ...same, key: partKey(same.key, same.messages) }
    const row = callRow({ from: at === 0 ? from : (places[0] ?? from), generation })
    if (!sender.session.begin && !whole && !(await sender.ledger.begin(chunk, { from: row, handle: slice.key })))
      return { kind: 'fenced' }
    const proof = new Proof()
    const end = await callProvider(sender, chunk, { slice, from: row, proof })
    if (end.kind === 'fenced') return end
    // Nothing was called yet, or what was called must be recorded now; the rest was certainly not sent.
    if ((end.kind === 'late' || end.kind === 'configuration') && at === 0) return end
    const answers = answersOf(end)
    const part = new Map(places.map((place, index) => [place, typeof answers === 'function' ? answers(index) : answers]))
    for (const [place, answer] of part) answered.set(place, answer)
    if (end.kind === 'answered' || end.kind === 'unknown') {
      const states = [...part.values()].map(({ state }) => state)
      if (states.includes('sent') || states.includes('unconfirmed'))
        calls.push({ from: row, ...callFact(sender, { end, slice, answered: part, bodyHash: proof.digest(slice) }) })
    }
  }
  return { kind: 'called', answered, calls }
}

/** The same for the same messages, however often they are tried. */
function partKey(key: string, messages: readonly OutgoingMessage[]): string {
  return `${key}.${hash('sha256', messages.map((message) => message.key).join(' ')).slice(0, 12)}`
}

function answersOf(end: Exclude<CallEnd, { kind: 'fenced' }>): Answer | ((index: number) => Answer) {
  if (end.kind === 'answered') return (index) => end.results[index] as SendResult // as many as messages
  if (end.kind === 'unknown') return unknownAnswer(end)
  return end.kind === 'configuration' ? configurationAnswer(end) : lateAnswer
}
