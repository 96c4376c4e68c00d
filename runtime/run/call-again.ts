import { hash } from 'node:crypto'
import type { OutgoingMessage, SendResult, Slice } from '#runtime/sdk/index.ts'
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

/** The rows of one of the calls. */
interface Part {
  readonly places: readonly number[]
  /** Under which it is kept. */
  readonly row: number
  readonly slice: Slice
}

/**
 * Calls once more for rows in doubt that were not sent, in as many calls as they need (rows that were in flight one by one; so many at once
 * as a lane may keep in flight). Each call is kept under a number of its own, so that each is looked up, and asked for reports, under its
 * own handle.
 */
export async function callAgain(sender: Sender, chunk: TakenChunk, rows: RowsAgain): Promise<AgainEnd> {
  const answered = new Map<number, Answer>()
  const calls: KeptCall[] = []
  const parts = partsOf(sender, chunk, rows)
  const atOnce = sender.provider.limits.batch === 1 ? Math.max(1, sender.gate.window) : 1
  for (let at = 0; at < parts.length; at += atOnce) {
    const some = parts.slice(at, at + atOnce)
    const settled = await Promise.allSettled(some.map((part) => callPart(sender, chunk, { part, whole: rows.whole })))
    // Whoever hands the chunk back must know that no call of ours is under way any more.
    const ends = settled.map((one) => {
      if (one.status === 'rejected') throw one.reason
      return one.value
    })
    const ended = ends.map(({ end }) => end)
    const fenced = ended.find(({ kind }) => kind === 'fenced')
    if (fenced) return { kind: 'fenced' }
    // Nothing was called yet, or what was called must be recorded now; the rest was certainly not sent.
    const uncalled = at === 0 && ended.every(isUncalled) ? ended.find(isUncalled) : undefined
    if (uncalled) return uncalled
    for (const { part, end, bodyHash } of ends) {
      if (end.kind === 'fenced') continue
      const answers = answersOf(end)
      const these = new Map(part.places.map((place, index) => [place, typeof answers === 'function' ? answers(index) : answers]))
      for (const [place, answer] of these) answered.set(place, answer)
      const states = [...these.values()].map(({ state }) => state)
      if (states.includes('sent') || states.includes('unconfirmed'))
        calls.push({ from: part.row, ...callFact(sender, { end, slice: part.slice, answered: these, bodyHash }) })
    }
  }
  return { kind: 'called', answered, calls }
}

type Uncalled = Extract<CallEnd, { kind: 'late' | 'configuration' }>
const isUncalled = (end: CallEnd): end is Uncalled => end.kind === 'late' || end.kind === 'configuration'

function partsOf(sender: Sender, chunk: TakenChunk, { from, whole, places, generation, prepared }: RowsAgain): Part[] {
  const most = sender.provider.limits.batch
  const parts: Part[] = []
  for (let at = 0; at < places.length; at += most) {
    const some = places.slice(at, at + most)
    const same = sliceFor(sender, chunk, { from, places: some, rows: prepared.rows })
    // The provider may know the key of the first call: another content must not go under it.
    const slice = whole && some.length === places.length ? same : { ...same, key: partKey(same.key, same.messages) }
    const row = callRow({ from: at === 0 ? from : (some[0] ?? from), generation: whole ? 0 : generation })
    parts.push({ places: some, row, slice })
  }
  return parts
}

async function callPart(
  sender: Sender,
  chunk: TakenChunk,
  { part, whole }: { part: Part; whole: boolean },
): Promise<{ part: Part; end: CallEnd; bodyHash: Buffer }> {
  const { row, slice } = part
  const proof = new Proof()
  // A provider's own handle is kept by the call itself, and a call that is the first one once more is kept under that one's number.
  const isKept = sender.session.begin !== undefined || whole
  const kept = isKept || (await sender.ledger.begin(chunk, { from: row, handle: slice.key }))
  const end: CallEnd = kept ? await callProvider(sender, chunk, { slice, from: row, proof }) : { kind: 'fenced' }
  return { part, end, bodyHash: proof.digest(slice) }
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
