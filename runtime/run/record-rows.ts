import type { Answers, CallFact, KeptCall, RecordAnswer, TakenChunk } from './ledger.ts'
import { pauseToMend } from './mend.ts'
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
  /** In place of `call`, where several calls carried them. */
  readonly calls?: readonly KeptCall[]
  readonly retryAfterMs?: number | undefined
}

/** What a record came to. */
export interface Written {
  /** `fenced`: nothing was written, somebody else has the chunk. `stop`: written, and nothing more may be sent. */
  readonly answer: RecordAnswer
  /** The chunk as it is now; rows [to, next) are claimed. */
  readonly held: TakenChunk
}

/** Records rows: the only place that writes what became of a message. The chunk stays in our hands, whatever the answer says. */
export async function writeRows(sender: Sender, chunk: TakenChunk, rows: RowsToRecord): Promise<Written> {
  const answers: Answers | null = chunk.answers ?? rows.prepared.asked
  const { results, chunks, mend, sent, failed } = resultsOf(sender, chunk, { ...rows, answers })
  // A chunk that came here for the first time is counted once: with the record that closes it.
  const counted = rows.to >= chunk.n && chunk.attempt === 1 && chunk.kind !== 2 && !sender.closing
  const { from, to, next, call } = rows
  const asked = performance.now()
  const answer = await sender.ledger.record(chunk, {
    from,
    to,
    next,
    results,
    chunks,
    call,
    ...(rows.calls && { calls: rows.calls }),
    counts: counted ? rows.prepared.counts : [],
    reads: counted ? rows.prepared.reads : [],
  })
  const held = { ...chunk, recorded: to, from: to, claimed: next, deadline: asked + sender.windowMs, doubt: 'none' as const }
  if (answer === 'fenced') {
    const known = await sender.ledger.handForward(chunk, { from, results })
    sender.log.warn('Another worker took over a chunk', { nodeNo: chunk.nodeNo, chunk: chunk.no, known })
    return { answer, held }
  }
  sender.progress(chunk.nodeNo, sent, failed)
  if (mend === null) return { answer, held }
  await pauseToMend(sender, {
    code: 'provider-configuration',
    fields: { provider: sender.provider.title.en, detail: '', code: mend.split(':')[1] ?? '' },
  })
  return { answer: 'stop', held }
}

/** Records rows and gives back the chunk as it is now; null: it is closed, handed back, or somebody else's. */
export async function recordRows(sender: Sender, chunk: TakenChunk, rows: RowsToRecord): Promise<TakenChunk | null> {
  const { answer, held } = await writeRows(sender, chunk, rows)
  if (answer === 'fenced' || rows.to >= chunk.n) return null
  if (sender.closing || answer === 'recorded') return held
  await sender.ledger.giveBack(held, { claimed: rows.to, readyInMs: 0, doubt: 'none' })
  return null
}
