import type { SendResult } from '#runtime/sdk/index.ts'
import type { CallEnd } from './call-end.ts'
import { callProvider, sliceFor } from './call.ts'
import { errorCode } from './error-code.ts'
import type { CallFact, TakenChunk } from './ledger.ts'
import type { Prepared } from './prepare.ts'
import { Proof } from './proof.ts'
import { recordRows } from './record-rows.ts'
import type { Answer } from './results.ts'
import { sliceOf, type Sender } from './sender.ts'
import { callFact } from './slice.ts'

/** Rows that one earlier call may have carried. */
interface Doubtful {
  readonly from: number
  readonly to: number
  readonly handle: string | null
  /** The provider makes handles, and none was committed: the call was never begun. */
  readonly neverBegun: boolean
}

type Verdict = { readonly found: ReadonlyMap<string, SendResult>; readonly rest: 'unsent' | 'unknown' }

/**
 * Decides about rows that somebody claimed before us and never recorded. Found at the provider: recorded. Certainly not sent: sent now,
 * same key, same text. Anything else: `unconfirmed`, never silently a second time. `calls` is told before rows are called for again: whoever
 * hands the chunk back then must let the provider's lists catch up anew. Null: the chunk is no longer in our hands.
 */
export async function settleDoubt(
  sender: Sender,
  chunk: TakenChunk,
  { prepared, calls }: { prepared: Prepared; calls: () => void },
): Promise<TakenChunk | null> {
  let held: TakenChunk | null = chunk
  for (const doubtful of await doubtfulCalls(sender, chunk)) {
    if (!held) return null
    // What is known of the one who claimed them holds for all of them.
    held = await settleOne(sender, { ...held, doubt: chunk.doubt }, { doubtful, prepared, calls })
  }
  return held
}

async function doubtfulCalls(sender: Sender, chunk: TakenChunk): Promise<Doubtful[]> {
  const calls = await sender.ledger.calls(chunk, chunk.recorded)
  const begun = calls.filter((call) => call.from < chunk.from)
  const starts = [...new Set([chunk.recorded, ...begun.map((call) => call.from)])]
  return starts.map((from, index) => {
    const handle = begun.find((call) => call.from === from)?.handle ?? null
    return {
      from,
      to: starts[index + 1] ?? chunk.from,
      handle,
      neverBegun: sender.session.begin !== undefined && handle === null,
    }
  })
}

async function settleOne(
  sender: Sender,
  chunk: TakenChunk,
  { doubtful, prepared, calls }: { doubtful: Doubtful; prepared: Prepared; calls: () => void },
): Promise<TakenChunk | null> {
  const { from, to } = doubtful
  const places: number[] = []
  for (let place = from; place < to; place++) if (prepared.rows[place]?.ready) places.push(place)
  const slice = sliceFor(sender, chunk, { from, places, rows: prepared.rows })
  const verdict: Verdict =
    places.length > 0 ? await judge(sender, chunk, { doubtful, slice }) : { found: new Map(), rest: 'unknown' }
  const answered = new Map<number, Answer>()
  const unsent: number[] = []
  const proof = new Proof()
  let end: CallEnd | null = null
  places.forEach((place, index) => {
    const found = verdict.found.get(slice.messages[index]?.key ?? '')
    if (found) answered.set(place, found)
    else if (verdict.rest === 'unknown') answered.set(place, { state: 'unconfirmed', code: 'in-doubt' })
    else if (sender.closing) answered.set(place, { state: 'cancelled', code: 'cancelled' })
    else unsent.push(place)
  })
  if (unsent.length > 0) {
    const again = sliceFor(sender, chunk, { from, places: unsent, rows: prepared.rows })
    calls()
    end = await callProvider(sender, chunk, { slice: again, from, proof })
    if (end.kind === 'fenced') return null
    if (end.kind === 'late' || end.kind === 'configuration') {
      const readyInMs = end.kind === 'late' ? (end.readyInMs ?? 0) : 0
      await sender.ledger.giveBack(chunk, { claimed: chunk.from, readyInMs, doubt: chunk.doubt })
      if (end.kind === 'configuration') await sender.ledger.pause(end.error.toJSON())
      return null
    }
    const { results, code } = end.kind === 'answered' ? { results: end.results, code: null } : { results: [], code: end.code }
    unsent.forEach((place, index) =>
      answered.set(place, results[index] ?? { state: 'unconfirmed', code: errorCode('provider-unknown', code) }),
    )
  }
  const last = to === chunk.from
  const next =
    last && !sender.closing
      ? Math.min(chunk.n, to + (chunk.answers || sender.stage.reads.length === 0 ? sliceOf(sender) : 0))
      : to
  const call = callBehind(sender, { doubtful, slice, answered, end, bodyHash: proof.digest(slice) })
  return recordRows(sender, chunk, { from, to, next, prepared, answered, call })
}

/** Reports of what was found, sent now, or may have arrived are asked for as after any other call. Null: there will be none. */
function callBehind(
  sender: Sender,
  facts: {
    doubtful: Doubtful
    slice: ReturnType<typeof sliceFor>
    answered: ReadonlyMap<number, Answer>
    end: CallEnd | null
    bodyHash: Uint8Array
  },
): CallFact | null {
  const { doubtful, slice, answered, end, bodyHash } = facts
  const states = [...answered.values()].map(({ state }) => state)
  const unknown = states.includes('unconfirmed')
  if (!unknown && !states.includes('sent')) return null
  const handle = (end && 'handle' in end ? end.handle : null) ?? doubtful.handle
  return callFact(sender, { end: { kind: unknown ? 'unknown' : 'answered', handle }, slice, answered, bodyHash })
}

async function judge(
  sender: Sender,
  chunk: TakenChunk,
  { doubtful, slice }: { doubtful: Doubtful; slice: ReturnType<typeof sliceFor> },
): Promise<Verdict> {
  const nothing: ReadonlyMap<string, SendResult> = new Map()
  if (doubtful.neverBegun) return { found: nothing, rest: 'unsent' }
  const { session, provider, log, signal } = sender
  try {
    if (doubtful.handle !== null && session.fence && (await session.fence(doubtful.handle, signal)))
      return { found: nothing, rest: 'unsent' }
    if (!session.lookup) return { found: nothing, rest: 'unknown' }
    const found = await session.lookup(slice, { handle: doubtful.handle, signal })
    // Not found is no proof where the provider's lists lag without bound, or the old owner may wake up and send.
    const proof = chunk.doubt === 'dead' && provider.limits.listingLagMs !== undefined
    return { found, rest: proof ? 'unsent' : 'unknown' }
  } catch (error) {
    log.warn('A provider could not be asked what became of a call', {
      detail: error instanceof Error ? error.message : String(error),
    })
    return { found: nothing, rest: 'unknown' }
  }
}
