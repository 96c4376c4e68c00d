import type { CallEnd } from './call-end.ts'
import type { CallName } from './call-name.ts'
import type { CallFact } from './ledger.ts'
import { nextPollIn, reportsCloseAfter } from './report-times.ts'
import type { Answered } from './results.ts'
import type { Sender } from './sender.ts'

/** The proof of a call, and when its reports are asked for. */
export function callFact(
  sender: Pick<Sender, 'session'>,
  facts: {
    end: Pick<CallEnd, 'kind'> & { handle?: string | null }
    slice: CallName
    answered: Answered
    bodyHash: Uint8Array
  },
): CallFact {
  const { end, slice, answered, bodyHash } = facts
  let accepted = 0
  for (const answer of answered.values()) if (answer.state === 'sent') accepted++
  const polls = sender.session.poll !== undefined && (accepted > 0 || end.kind === 'unknown')
  return {
    handle: end.handle ?? (polls ? slice.key : null),
    accepted,
    bodyHash,
    pollInMs: polls ? nextPollIn(0) : null,
    closesInMs: polls ? reportsCloseAfter(slice.channel) : null,
  }
}
