import type { OutboxPage } from '#schemas/api/outbox.ts'
import type { MessageState } from '#schemas/states.ts'
import { foundAcrossRuns, type AcrossDeps } from '#server/messages/across-runs.ts'
import type { ShowDeps } from '#server/messages/item.ts'
import { byTime, outboxEntries, type OutboxEntry } from './texts.ts'

export type AddressDeps = ShowDeps & AcrossDeps

/** A person who gets something daily has some hundred messages a year: the newest are shown. */
const MOST = 500

/** Everything one exact address got, over all runs of the workspace (or in one of them), as one conversation; `most`: the newest of it. */
export async function outboxOfAddress(
  deps: AddressDeps,
  {
    workspaceId,
    address,
    runId,
    state,
    most = MOST,
  }: { workspaceId: string; address: string; runId?: string | undefined; state?: MessageState | undefined; most?: number },
): Promise<OutboxPage> {
  const entries: OutboxEntry[] = []
  for (const { row, open, found } of await foundAcrossRuns(deps, { workspaceId, address, runId, most }))
    entries.push(...(await outboxEntries(deps, { row, open }, found)))
  const shown = entries.filter(({ message }) => state === undefined || message.state === state).toSorted(byTime)
  const last = shown.at(-1)
  if (!last) return { items: [], nextCursor: null }
  const conversation = { id: 'address', person: { ...last.person }, channel: last.message.channel }
  return { items: [{ ...conversation, messages: shown.map(({ message }) => message) }], nextCursor: null }
}
