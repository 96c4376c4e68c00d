import type { Plan, SendStage } from '#runtime/compile/plan.ts'
import type { Registry } from '#runtime/registry.ts'
import type { Pinned } from '#schemas/pinned.ts'
import type { Run } from '#schemas/run.ts'
import type { RunSums } from './sums.ts'
import { statesAt } from './outcomes.ts'

/** Kinds that a channel's texts go out as. */
const KINDS: Readonly<Record<string, readonly string[]>> = { alimtalk: ['ATA'], sms: ['SMS', 'LMS'] }
const won = (amount: number) => ({ amount: String(Math.round(amount)), currency: 'KRW' })

/** The one price of a channel's messages; null: not known, or different by length, which counters do not tell. */
export function priceOf(
  stage: SendStage,
  { plan, pinned, registry }: { plan: Plan; pinned: Pinned; registry: Pick<Registry, 'provider'> },
): number | null {
  const node = plan.nodes[stage.channel]
  const channel = node?.type.channel
  if (!node || !channel) return null
  const prices = registry.provider(pinned.connections[channel.connection(node.config)]?.kind ?? '')?.prices
  const known = new Set((KINDS[channel.name] ?? []).map((kind) => prices?.[kind]))
  const [price] = known
  return known.size === 1 && price !== undefined ? price : null
}

/**
 * What a run costs: estimate (everybody by the first channel), maximum (everybody also by each fallback) and actual. Null where a price is
 * not known: a figure on a page is true or not there.
 */
export function costOf(
  known: { plan: Plan; pinned: Pinned } | null,
  facts: { registry: Pick<Registry, 'provider'>; sums: RunSums | undefined; toSend: number | null },
): Run['cost'] {
  const { sums, toSend } = facts
  if (!known || !sums || toSend === null) return null
  let [estimate, maximum, actual] = [0, 0, 0]
  for (const stage of known.plan.stages) {
    if (stage.kind !== 'send') continue
    const price = priceOf(stage, { ...known, registry: facts.registry })
    if (price === null) return null
    if (!stage.after) estimate += price * toSend
    maximum += price * toSend
    const chunk = sums.chunks.find(({ nodeNo }) => nodeNo === stage.no)
    const states = chunk ? statesAt(sums, chunk) : {}
    actual += price * ((states.sent ?? 0) + (states.delivered ?? 0) + (states.converted ?? 0))
  }
  return { estimate: won(estimate), maximum: won(maximum), actual: won(actual) }
}
