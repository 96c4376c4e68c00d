import type { Pool } from 'pg'
import type { Conversation, OutboxPage } from '#schemas/api/outbox.ts'
import type { MessageState } from '#schemas/states.ts'
import { cursorNumbers } from '#server/paging.ts'
import type { ShowDeps } from '#server/messages/item.ts'
import { planFacts } from '#server/messages/plan-facts.ts'
import { allStored, storedIn, type FoundMessage } from '#server/messages/stored.ts'
import { byTime, outboxEntries, type OutboxEntry, type OutboxRun } from './texts.ts'

/** A page of the people of a run whom something was sent to (or tried to), by their number. @throws AppError `invalid-request` */
export async function outboxOfRun(
  deps: ShowDeps,
  run: OutboxRun,
  { limit, cursor, state }: { limit: number; cursor?: string | undefined; state?: MessageState | undefined },
): Promise<OutboxPage> {
  const [after = 0] = cursorNumbers(cursor, 1) ?? []
  const numbers = await nextNumbers(deps.pool, run, { after, limit: limit + 1, state })
  const page = numbers.slice(0, limit)
  const found = await messagesOf(deps.pool, run, page)
  const entries = await outboxEntries(deps, run, found)
  const last = page.at(-1)
  return {
    items: conversations(run, page, entries),
    nextCursor: numbers.length > limit && last !== undefined ? String(last) : null,
  }
}

/** The next people: of each channel as many as a page holds, then the smallest numbers of all. */
async function nextNumbers(
  pool: Pool,
  { open }: OutboxRun,
  { after, limit, state }: { after: number; limit: number; state: MessageState | undefined },
): Promise<number[]> {
  const numbers = new Set<number>()
  for (const { nodeNo } of planFacts(open.plan).addresses) {
    const wanted = { runNo: open.runNo, nodeNo, after, limit }
    const found = state === undefined ? await allStored(pool, wanted) : await storedIn(pool, wanted, state)
    for (const { seq } of found) numbers.add(seq)
  }
  return [...numbers].toSorted((a, b) => a - b).slice(0, limit)
}

/** The newest attempt of each of these people at each channel: a conversation is shown whole, whatever state was asked for. */
async function messagesOf(pool: Pool, { open }: OutboxRun, numbers: readonly number[]): Promise<FoundMessage[]> {
  const [first, last] = [numbers[0], numbers.at(-1)]
  if (first === undefined || last === undefined) return []
  const wanted = new Set(numbers)
  const found: FoundMessage[] = []
  for (const { nodeNo } of planFacts(open.plan).addresses) {
    for (let after = first - 1; after < last;) {
      const some = await allStored(pool, { runNo: open.runNo, nodeNo, after, limit: 1000 })
      found.push(...some.filter(({ seq }) => wanted.has(seq)))
      after = some.length < 1000 ? last : (some.at(-1)?.seq ?? last)
    }
  }
  return found
}

function conversations({ row }: OutboxRun, page: readonly number[], entries: readonly OutboxEntry[]): Conversation[] {
  const bySeq = Map.groupBy(entries, ({ seq }) => seq)
  return page.flatMap((seq) => {
    const mine = (bySeq.get(seq) ?? []).toSorted(byTime)
    const last = mine.at(-1)
    if (!last) return []
    return [
      {
        id: `${row.run_no}.${seq}`,
        person: { ...last.person },
        channel: last.message.channel,
        messages: mine.map(({ message }) => message),
      },
    ]
  })
}
