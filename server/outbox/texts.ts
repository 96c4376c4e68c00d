import { placeOf } from '#runtime/run/chunk.ts'
import { keyOf, readChunks } from '#server/messages/chunks.ts'
import { personOf, toItem, type ShowDeps } from '#server/messages/item.ts'
import { renderRows } from '#server/messages/render.ts'
import type { FoundMessage } from '#server/messages/stored.ts'
import type { OutboxMessage } from '#schemas/api/outbox.ts'
import type { PinnedRunRow } from '#server/runs/run-row.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'

/** A message as the outbox shows it, with whose it is. */
export interface OutboxEntry {
  readonly seq: number
  readonly nodeNo: number
  readonly person: { readonly name: string | null; readonly address: string | null }
  readonly message: OutboxMessage
}

export interface OutboxRun {
  readonly row: PinnedRunRow
  readonly open: OpenRun
}

/** Messages with their texts; each chunk is opened, and its steps are walked, once. Those without a channel have no text and are not there. */
export async function outboxEntries(deps: ShowDeps, run: OutboxRun, found: readonly FoundMessage[]): Promise<OutboxEntry[]> {
  const byChunk = Map.groupBy(found, keyOf)
  const entries: OutboxEntry[] = []
  for await (const chunk of readChunks(deps.pool, run.open, { keys: found, answers: true })) {
    const placed = (byChunk.get(keyOf(chunk)) ?? [])
      .map((message) => ({ message, place: placeOf(chunk.rows.seqs, message.seq) }))
      .filter(({ place }) => place >= 0)
      .toSorted((a, b) => a.place - b.place)
    const made = await renderRows(run.open, chunk, [...new Set(placed.map(({ place }) => place))])
    const textAt = new Map([...new Set(placed.map(({ place }) => place))].map((place, index) => [place, made[index]]))
    for (const { message, place } of placed) {
      const text = textAt.get(place)
      const entry = text && entryOf(deps, run, { message, row: text.row, parts: text.parts, length: text.length })
      if (entry) entries.push(entry)
    }
  }
  return entries
}

function entryOf(
  deps: ShowDeps,
  { row, open }: OutboxRun,
  made: { message: FoundMessage; row: Readonly<Record<string, unknown>> } & Pick<OutboxMessage, 'parts' | 'length'>,
): OutboxEntry | null {
  const { message, parts, length } = made
  const person = personOf(open, { nodeNo: message.nodeNo, row: made.row })
  const item = toItem(deps, { runId: row.id, pinned: row.pinned, open }, { message, person })
  if (item.channel === null) return null
  const { id, channel, provider, state, reason } = item
  const at = message.sentAt ?? message.finalAt
  const facts = { id, runId: row.id, runNumber: row.number, workflowName: row.workflow_name }
  return {
    seq: message.seq,
    nodeNo: message.nodeNo,
    person,
    message: { ...facts, channel, provider, at, state, reason, parts, length },
  }
}

/** Oldest first; what waits comes last. */
export function byTime(a: OutboxEntry, b: OutboxEntry): number {
  return (a.message.at ?? '9999').localeCompare(b.message.at ?? '9999') || a.message.id.localeCompare(b.message.id)
}
