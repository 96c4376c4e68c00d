import { callAgain } from './call-again.ts'
import { sliceFor } from './call.ts'
import { doubtfulRows, judge, type Doubtful, type EarlierCall, type Verdict } from './doubtful.ts'
import { asksEach, eachCall } from './each-call.ts'
import { ERASED } from './erased.ts'
import { isExpired } from './expiry.ts'
import type { KeptCall, TakenChunk } from './ledger.ts'
import { pauseToMend } from './mend.ts'
import type { Prepared } from './prepare.ts'
import { Proof } from './proof.ts'
import { recordRows } from './record-rows.ts'
import type { Answer } from './results.ts'
import { sliceOf, type Sender } from './sender.ts'
import { callFact } from './call-fact.ts'

/**
 * Decides about rows that somebody claimed before us and never recorded. Found at the provider: recorded. Certainly not sent: sent now,
 * same text under the same message key, unless its time is over or its person asked to be erased meanwhile. Anything else: `unconfirmed`, never silently a second time. `calls` is told before rows are called
 * for again: whoever hands the chunk back then must let the provider's lists catch up anew. Null: the chunk is no longer in our hands.
 */
export async function settleDoubt(
  sender: Sender,
  chunk: TakenChunk,
  { prepared, calls }: { prepared: Prepared; calls: () => void },
): Promise<TakenChunk | null> {
  let held: TakenChunk | null = chunk
  for (const doubtful of await doubtfulRows(sender, chunk)) {
    if (!held) return null
    // What is known of the one who claimed them holds for all of them.
    held = await settleOne(sender, { ...held, doubt: chunk.doubt }, { doubtful, until: chunk.from, prepared, calls })
  }
  return held
}

async function settleOne(
  sender: Sender,
  chunk: TakenChunk,
  {
    doubtful,
    until,
    prepared,
    calls,
  }: { doubtful: Doubtful; /** End of all rows in doubt. */ until: number; prepared: Prepared; calls: () => void },
): Promise<TakenChunk | null> {
  const { from, to } = doubtful
  const places: number[] = []
  for (let place = from; place < to; place++) if (prepared.rows[place]?.ready) places.push(place)
  const slice = sliceFor(sender, chunk, { from, places, rows: prepared.rows })
  const verdict: Verdict =
    places.length > 0 ? await judge(sender, chunk, { doubtful, slice }) : { found: new Map(), rest: 'unknown' }
  const answered = new Map<number, Answer>()
  const unsent: number[] = []
  const late = isExpired(sender, chunk)
  const erased = verdict.rest === 'unsent' ? await sender.ledger.erased() : new Set<number>()
  places.forEach((place, index) => {
    const found = verdict.found.get(slice.messages[index]?.key ?? '')
    if (found) answered.set(place, found.result)
    else if (verdict.rest === 'unknown') answered.set(place, { state: 'unconfirmed', code: 'in-doubt' })
    else if (sender.closing) answered.set(place, { state: 'cancelled', code: 'cancelled' })
    else if (erased.has(prepared.hashes[place] ?? -1)) answered.set(place, ERASED)
    else if (late) answered.set(place, { state: 'expired', code: 'expired' })
    else unsent.push(place)
  })
  const kept = earlierCalls(sender, chunk, { doubtful, slice, verdict, answered, places })
  if (unsent.length > 0) {
    calls()
    const whole = unsent.length === places.length && doubtful.generation === 1
    const end = await callAgain(sender, chunk, { from, places: unsent, whole, generation: doubtful.generation, prepared })
    if (end.kind === 'fenced') return null
    if (end.kind !== 'called') {
      const readyInMs = end.kind === 'late' ? (end.readyInMs ?? 0) : 0
      await sender.ledger.giveBack(chunk, { claimed: until, readyInMs, doubt: chunk.doubt })
      if (end.kind === 'configuration') await pauseToMend(sender, end.error.toJSON())
      return null
    }
    for (const [place, answer] of end.answered) answered.set(place, answer)
    kept.push(...end.calls)
  }
  const last = to === until
  const next =
    last && !sender.closing
      ? Math.min(chunk.n, to + (chunk.answers || sender.stage.reads.length === 0 ? sliceOf(sender) : 0))
      : to
  return recordRows(sender, chunk, { from, to, next, prepared, answered, call: null, calls: kept })
}

/** Reports of what was found, or may have arrived, are asked for under each call that may have carried it, as after any other call. */
function earlierCalls(
  sender: Sender,
  chunk: TakenChunk,
  facts: {
    doubtful: Doubtful
    slice: ReturnType<typeof sliceFor>
    verdict: Verdict
    answered: ReadonlyMap<number, Answer>
    places: readonly number[]
  },
): KeptCall[] {
  const { doubtful, slice, verdict, answered } = facts
  const each = asksEach(sender)
  const unknown = [...answered.values()].some(({ state }) => state === 'unconfirmed')
  return doubtful.calls.flatMap((call) => {
    const found = [...verdict.found.values()].filter((one) => one.call === call)
    if (!unknown && !found.some(({ result }) => result.state === 'sent')) return []
    if (each && call.key === null) return carriedEach(sender, chunk, { ...facts, call })
    const end = { kind: unknown ? ('unknown' as const) : ('answered' as const), handle: call.handle }
    const under = { ...slice, key: call.key ?? slice.key }
    const part = new Map(found.map(({ result }, index) => [index, result]))
    return [{ from: call.row, ...callFact(sender, { end, slice: under, answered: part, bodyHash: new Proof().digest(slice) }) }]
  })
}

/** The same where each message went in a call of its own: what was found by this call, or may have arrived, under the key of its row. */
function carriedEach(
  sender: Sender,
  chunk: TakenChunk,
  facts: {
    call: EarlierCall
    slice: ReturnType<typeof sliceFor>
    verdict: Verdict
    answered: ReadonlyMap<number, Answer>
    places: readonly number[]
  },
): KeptCall[] {
  const rows = facts.places.flatMap((place, index) => {
    const message = facts.slice.messages[index]
    const answer = facts.answered.get(place)
    if (!message || !answer) return []
    const byThis = answer.state === 'sent' && facts.verdict.found.get(message.key)?.call === facts.call
    const bodyHash = new Proof().digest({ ...facts.slice, messages: [message] })
    return byThis || answer.state === 'unconfirmed' ? [{ place, answer, bodyHash }] : []
  })
  return eachCall(sender, chunk, rows)
}
