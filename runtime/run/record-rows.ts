import type { Answers, CallFact, TakenChunk } from './ledger.ts'
import type { Prepared } from './prepare.ts'
import { resultsOf, type Answered } from './results.ts'
import type { Sender } from './sender.ts'

/** What a lane knows when it records rows [from, to). */
export interface RowsToRecord {
  readonly from: number
  readonly to: number
  /** Rows [to, next) are claimed in the same commit. */
  readonly next: number
  readonly prepared: Prepared
  readonly answered: Answered
  readonly call: CallFact | null
  readonly retryAfterMs?: number | undefined
}

/**
 * Records rows and gives back the chunk as it is now; null: it is closed, handed back, or somebody else's.
 * The only place that writes what became of a message.
 */
export async function recordRows(sender: Sender, chunk: TakenChunk, rows: RowsToRecord): Promise<TakenChunk | null> {
  const answers: Answers | null = chunk.answers ?? rows.prepared.asked
  const { results, chunks, mend, sent, failed } = resultsOf(sender, chunk, { ...rows, answers })
  const closes = rows.to >= chunk.n
  // A chunk that came here for the first time is counted once: with the record that closes it.
  const counted = closes && chunk.attempt === 1 && chunk.kind !== 2 && !sender.closing
  const { from, to, next, call } = rows
  const asked = performance.now()
  const answer = await sender.ledger.record(chunk, {
    from,
    to,
    next,
    results,
    chunks,
    call,
    counts: counted ? rows.prepared.counts : [],
    reads: counted ? rows.prepared.reads : [],
  })
  if (answer === 'fenced') {
    sender.log.warn('Another worker took over a chunk; what it knows counts', { nodeNo: chunk.nodeNo, chunk: chunk.no })
    return null
  }
  sender.progress(chunk.nodeNo, sent, failed)
  if (mend !== null)
    await sender.ledger.pause({
      code: 'provider-configuration',
      fields: { provider: sender.provider.title.en, detail: '', code: mend.split(':')[1] ?? '' },
    })
  if (closes) return null
  const held = { ...chunk, recorded: to, from: to, claimed: next, deadline: asked + sender.windowMs, doubt: 'none' as const }
  if (!sender.closing && (answer === 'stop' || mend !== null)) {
    await sender.ledger.giveBack(held, { claimed: to, readyInMs: 0, doubt: 'none' })
    return null
  }
  return held
}
