import { messageId } from '#runtime/run/message-id.ts'
import type { KnownRuns } from '#server/runs/known-runs.ts'
import type { Placed } from './inlet.ts'

/** Ids of the messages that a row of an open run becomes: where it goes to a channel without a step that might keep it back. */
export async function directMessages(known: KnownRuns, { runId, runNo, seq }: Placed): Promise<string[]> {
  const run = await known.get(runId)
  const stages = run?.plan.stages ?? []
  return (run?.plan.audience.outlets ?? []).flatMap(({ stage }) => {
    const isSend = stages.some((one) => one.kind === 'send' && one.no === stage)
    return isSend ? [messageId({ runNo, nodeNo: stage, seq, attempt: 1 })] : []
  })
}
