import type { Pool } from 'pg'
import type { Language } from '#schemas/localized.ts'
import type { MessageItem } from '#schemas/message.ts'
import type { Pinned } from '#schemas/pinned.ts'
import { placeOf } from '#runtime/run/chunk.ts'
import { messageId } from '#runtime/run/message-id.ts'
import type { Registry } from '#runtime/registry.ts'
import type { Row } from '#runtime/sdk/index.ts'
import { showName } from '#runtime/preview/show.ts'
import { maskAddress } from '#runtime/values/mask.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import { isErased, keyOf, readChunks, rowAt } from './chunks.ts'
import { addressOf, planFacts } from './plan-facts.ts'
import { providerOf, reasonOf } from './reasons.ts'
import type { FoundMessage } from './stored.ts'

/** A run as lists of its messages need it. */
export interface ShownRun {
  readonly runId: string
  readonly pinned: Pinned
  readonly open: OpenRun
}

export interface ShowDeps {
  readonly pool: Pool
  readonly registry: Pick<Registry, 'provider'>
  readonly language: Language
}

/** Who a message is for; masked. */
interface Person {
  readonly erased?: boolean
  readonly address: string | null
  readonly name: string | null
}

/** Messages as lists show them, in the order given; `revealed`: unmasked. Their chunks are read once each. */
export async function toItems(
  deps: ShowDeps & { readonly revealed?: boolean },
  run: ShownRun,
  found: readonly FoundMessage[],
): Promise<MessageItem[]> {
  const people = await peopleOf(deps.pool, run.open, { found, revealed: deps.revealed === true })
  const nobody = { address: null, name: null, ...(run.open.key.length === 0 && { erased: true }) }
  return found.map((message) => toItem(deps, run, { message, person: people.get(message) ?? nobody }))
}

async function peopleOf(
  pool: Pool,
  run: OpenRun,
  { found, revealed }: { found: readonly FoundMessage[]; revealed: boolean },
): Promise<ReadonlyMap<FoundMessage, Person>> {
  const people = new Map<FoundMessage, Person>()
  const byChunk = Map.groupBy(found, keyOf)
  for await (const chunk of readChunks(pool, run, { keys: found, answers: true })) {
    for (const message of byChunk.get(keyOf(chunk)) ?? []) {
      const place = placeOf(chunk.rows.seqs, message.seq)
      if (place < 0) continue
      const person = personOf(run, { nodeNo: message.nodeNo, row: rowAt(chunk, place), revealed })
      people.set(message, isErased(chunk.rows, place) ? { ...person, erased: true } : person)
    }
  }
  return people
}

/** Address and name of a row: masked, but for somebody who asked to see them. */
export function personOf(
  run: Pick<OpenRun, 'plan'>,
  of: { nodeNo: number; row: Readonly<Record<string, unknown>>; revealed?: boolean },
): Person {
  const facts = planFacts(run.plan)
  const address = addressOf(facts, of.nodeNo, of.row)?.value ?? null
  const columns = [...facts.columns.values()].map((column) => (of.revealed ? { ...column, personal: false } : column))
  // Values of a chunk: what its columns hold.
  const name = showName(of.row as Row, columns)
  return { address: address === null || of.revealed ? address : maskAddress(address), name }
}

/** One message as lists show it. */
export function toItem(
  deps: Omit<ShowDeps, 'pool'>,
  run: ShownRun,
  { message, person }: { message: FoundMessage; person: Person },
): MessageItem {
  const { plan } = run.open
  const facts = planFacts(plan)
  const node = facts.nodeByNo.get(message.nodeNo)
  const reasons = { plan, pinned: run.pinned, registry: deps.registry, language: deps.language }
  return {
    id: messageId({ runNo: run.open.runNo, ...message }),
    number: message.seq,
    runId: run.runId,
    nodeId: node?.id ?? String(message.nodeNo),
    channel: node?.type.channel?.name ?? null,
    provider: node?.type.channel ? (providerOf(reasons, message.nodeNo)?.kind ?? null) : null,
    state: message.state,
    reason: reasonOf(reasons, message),
    address: person.address,
    name: person.name,
    attempt: message.attempt,
    sentAt: message.sentAt,
    finalAt: message.finalAt,
    cost: message.cost === null ? null : { amount: String(message.cost), currency: 'KRW' },
    ...(person.erased && { erased: true }),
  }
}
