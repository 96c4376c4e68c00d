import { callFact } from './call-fact.ts'
import { callName } from './call-name.ts'
import { asksEach, eachCall } from './each-call.ts'
import type { TakenChunk } from './ledger.ts'
import type { RowsToRecord } from './record-rows.ts'
import type { Answer } from './results.ts'
import type { Sender } from './sender.ts'
import type { TakenAnswers } from './window-answers.ts'

/** What is kept of the calls that a window's record tells of: one note of all, or one of each where each is asked about by itself. */
export function callsOfWindow(
  sender: Sender,
  chunk: TakenChunk,
  { answered, bodyHash, proofs }: TakenAnswers,
): Pick<RowsToRecord, 'call' | 'calls'> {
  if (answered.size === 0) return { call: null }
  if (asksEach(sender)) {
    const rows = [...proofs].map(([place, proof]) => ({ place, answer: answered.get(place) as Answer, bodyHash: proof }))
    return { call: null, calls: eachCall(sender, chunk, rows) }
  }
  const slice = callName(sender, chunk, chunk.from)
  return { call: callFact(sender, { end: { kind: 'answered' }, slice, answered, bodyHash }) }
}
