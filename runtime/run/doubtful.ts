import type { SendResult, Slice } from '#runtime/sdk/index.ts'
import { callRow, readCallRow } from './call-row.ts'
import type { TakenChunk } from './ledger.ts'
import type { Sender } from './sender.ts'

/** One call that may have carried some of the rows. */
export interface EarlierCall {
  /** Under which number it is kept. */
  readonly row: number
  /** The provider's own handle; null: it makes none. */
  readonly handle: string | null
  /** The slice key that it was made with; null: that of all the rows. */
  readonly key: string | null
}

/** Rows that earlier calls may have carried. */
export interface Doubtful {
  readonly from: number
  readonly to: number
  /** None: the provider makes handles, and none was committed, so no call was ever begun. */
  readonly calls: readonly EarlierCall[]
  /** Of the next call that carries a part of these rows. */
  readonly generation: number
}

/** What the provider knows: `found` by message key, with the call it was found under. */
export interface Verdict {
  readonly found: ReadonlyMap<string, { readonly result: SendResult; readonly call: EarlierCall }>
  readonly rest: 'unsent' | 'unknown'
}

/** The rows in doubt of a chunk, cut where a call began. */
export async function doubtfulRows(sender: Sender, chunk: TakenChunk): Promise<Doubtful[]> {
  const kept = await sender.ledger.calls(chunk, chunk.recorded)
  const begun = kept.map((call) => ({ ...call, ...readCallRow(call.row) })).filter(({ from }) => from < chunk.from)
  const first = new Map(begun.filter(({ generation }) => generation === 0).map((call) => [call.from, call]))
  const starts = [...new Set([chunk.recorded, ...first.keys()])].toSorted((a, b) => a - b)
  const makesHandles = sender.session.begin !== undefined
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? chunk.from
    const handle = first.get(from)?.handle ?? null
    const base: EarlierCall = { row: callRow({ from, generation: 0 }), handle, key: null }
    const parts = begun.filter((call) => call.generation > 0 && call.from >= from && call.from < to)
    const later = parts.map(({ row, handle: known }): EarlierCall => {
      return makesHandles ? { row, handle: known, key: null } : { row, handle: null, key: known }
    })
    return {
      from,
      to,
      calls: makesHandles && handle === null ? later : [base, ...later],
      generation: 1 + Math.max(0, ...parts.map(({ generation }) => generation)),
    }
  })
}

/** Asks the provider about every call that may have carried the slice. Found under one is found; unsent is only what none of them sent. */
export async function judge(
  sender: Sender,
  chunk: TakenChunk,
  { doubtful, slice }: { doubtful: Doubtful; slice: Slice },
): Promise<Verdict> {
  const found = new Map<string, { result: SendResult; call: EarlierCall }>()
  let rest: Verdict['rest'] = 'unsent'
  for (const call of doubtful.calls) {
    const one = await ask(sender, chunk, { call, slice })
    for (const [key, result] of one.found) if (!found.has(key)) found.set(key, { result, call })
    if (one.rest === 'unknown') rest = 'unknown'
  }
  return { found, rest }
}

async function ask(
  sender: Sender,
  chunk: TakenChunk,
  { call, slice }: { call: EarlierCall; slice: Slice },
): Promise<{ found: ReadonlyMap<string, SendResult>; rest: Verdict['rest'] }> {
  const nothing: ReadonlyMap<string, SendResult> = new Map()
  const { session, provider, log, signal } = sender
  try {
    if (call.handle !== null && session.fence && (await session.fence(call.handle, signal)))
      return { found: nothing, rest: 'unsent' }
    if (!session.lookup) return { found: nothing, rest: 'unknown' }
    const found = await session.lookup({ ...slice, key: call.key ?? slice.key }, { handle: call.handle, signal })
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
