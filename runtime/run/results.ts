import type { MessageState } from '#schemas/states.ts'
import type { SendResult } from '#runtime/sdk/index.ts'
import { chunkOf, type Item } from './chunk.ts'
import { decide, retryWait, type Next } from './decide.ts'
import { pickAnswers } from './frozen-reads.ts'
import type { Answers, NewChunk, RowResults, TakenChunk } from './ledger.ts'
import { isWished, onwardKind, tryOf } from './pack-again.ts'
import type { Prepared } from './prepare.ts'
import type { Sender } from './sender.ts'

/** What is to be written about rows [from, to) of a chunk. */
export interface SliceResults {
  readonly results: RowResults
  readonly chunks: readonly NewChunk[]
  /** A row was refused because the account is not set up right: its vendor's code. */
  readonly mend: string | null
  readonly sent: number
  readonly failed: number
}

interface Fate {
  readonly state: MessageState
  readonly code: string | null
  readonly providerId: string | null
  readonly next: Next
}

/** Fates by place; a place that is missing was not ready: its reason is in `prepared`. */
export type Answered = ReadonlyMap<number, Answer>
/** What the provider said of a row, or what we know without it. */
export type Answer = SendResult | Verdict
interface Verdict {
  readonly state: 'cancelled' | 'expired' | 'skipped' | 'unconfirmed'
  readonly code: string | null
}

/** The stages that take what leaves a channel at one of its ports: what could not be delivered, or what was sent. */
export function stagesAt(sender: Pick<Sender, 'stage'>, port: 'undelivered' | 'sent'): number[] {
  return sender.stage.outlets.filter((outlet) => outlet.fromPort === port).map((outlet) => outlet.stage)
}

/** Turns answers into the columns of the record, and into the chunks of those who go on. Pure but for the retry's jitter. */
export function resultsOf(
  sender: Sender,
  chunk: TakenChunk,
  input: {
    from: number
    to: number
    prepared: Prepared
    answered: Answered
    answers: Answers | null
    retryAfterMs?: number | undefined
  },
): SliceResults {
  const fallbacks = stagesAt(sender, 'undelivered')
  const nth = tryOf(chunk)
  const at = { attempt: nth, retries: sender.retryWaits.length, fallback: fallbacks.length > 0 }
  const fates: Fate[] = []
  for (let place = input.from; place < input.to; place++) fates.push(fateOf(place, input, at))
  const places = (next: Next): number[] => fates.flatMap((fate, index) => (fate.next === next ? [input.from + index] : []))
  const again = (next: Next, options: { held: boolean; readyInMs: number }): NewChunk[] =>
    retryChunk(chunk, { places: places(next), answers: input.answers, ...options })
  const readyInMs = retryWait(nth, { waits: sender.retryWaits, retryAfterMs: input.retryAfterMs })
  const chunks: NewChunk[] = [...again('retry', { held: false, readyInMs }), ...again('hold', { held: true, readyInMs: 0 })]
  chunks.push(...onward(fallbacks, itemsAt(input.prepared, places('fallback')), chunk.kind))
  const goOn = stagesAt(sender, 'sent')
  if (goOn.length > 0) {
    const sentPlaces = fates.flatMap((fate, index) => (fate.state === 'sent' ? [input.from + index] : []))
    chunks.push(...onward(goOn, itemsAt(input.prepared, sentPlaces), chunk.kind))
  }
  const prices = sender.provider.prices
  return {
    results: {
      states: fates.map((fate) => fate.state),
      hashes: input.prepared.hashes.slice(input.from, input.to),
      providerIds: fates.map((fate) => fate.providerId),
      errorCodes: fates.map((fate) => fate.code),
      costs: fates.map((fate, index) =>
        fate.state === 'sent' && prices ? priceOf(input.prepared, { place: input.from + index, prices }) : null,
      ),
      moved: fates.map((fate) => fate.next !== 'nothing'),
    },
    chunks,
    mend: fates.find((fate) => fate.next === 'hold')?.code ?? null,
    sent: fates.filter((fate) => fate.state === 'sent').length,
    failed: fates.filter((fate) => fate.state === 'failed' && fate.next === 'nothing').length,
  }
}

function fateOf(place: number, input: { prepared: Prepared; answered: Answered }, at: Parameters<typeof decide>[1]): Fate {
  const answer = input.answered.get(place)
  if (!answer) {
    const row = input.prepared.rows[place]
    if (!row || row.ready) throw new Error(`Row ${place} of a slice has no answer`)
    return { state: row.state, code: row.code, providerId: null, next: 'nothing' }
  }
  if (isVerdict(answer)) return { state: answer.state, code: answer.code, providerId: null, next: 'nothing' }
  const decision = decide(answer, at)
  return {
    state: decision.state,
    code: decision.errorCode,
    providerId: answer.state === 'sent' ? answer.providerId : null,
    next: decision.next,
  }
}

function itemsAt(prepared: Prepared, places: readonly number[]): Item[] {
  if (places.length === 0) return []
  const { items } = prepared
  if (!items) throw new Error('Rows go on behind a channel, but nobody kept them')
  return places.map((place) => items[place] as Item) // as many as there are rows
}

/** The same people at the next channels, with everything that was asked about them. */
function onward(stages: readonly number[], items: readonly Item[], from: number): NewChunk[] {
  if (items.length === 0) return []
  const rows = chunkOf(items)
  const kind = onwardKind(from)
  return stages.map((nodeNo) => ({ nodeNo, attempt: 1, rows, answers: null, readyInMs: 0, held: false, kind }))
}

function isVerdict(answer: Answer): answer is Verdict {
  return answer.state !== 'sent' && answer.state !== 'failed'
}

function retryChunk(
  chunk: TakenChunk,
  options: { places: readonly number[]; answers: Answers | null; held: boolean; readyInMs: number },
): NewChunk[] {
  const { places } = options
  if (places.length === 0) return []
  const { names, seqs, columns, messages } = chunk.rows
  const rows = {
    names,
    seqs: places.map((place) => seqs[place] as number),
    columns: columns.map((column) => places.map((place) => column[place] ?? null)),
    messages: messages && places.map((place) => messages[place] ?? null),
  }
  const answers = pickAnswers(options.answers, places)
  const { readyInMs, held } = options
  // What a person wished to be sent again stays so: it would be over its time else, and end unsent.
  const kind = isWished(chunk.kind) ? chunk.kind + 1 : 0
  return [{ nodeNo: chunk.nodeNo, attempt: chunk.attempt + 1, rows, answers, readyInMs, held, kind }]
}

function priceOf(
  prepared: Prepared,
  { place, prices }: { place: number; prices: Readonly<Record<string, number>> },
): number | null {
  const row = prepared.rows[place]
  const price = row?.ready ? prices[row.composed.kind] : undefined
  // The column holds whole won.
  return price === undefined ? null : Math.round(price)
}
