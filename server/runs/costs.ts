import type { Plan } from '#runtime/compile/plan.ts'
import type { Pinned } from '#schemas/pinned.ts'
import type { Run } from '#schemas/run.ts'
import { statesAt } from './outcomes.ts'
import { channelAt, readPrices, type PriceDeps } from './prices.ts'
import type { RunSums } from './sums.ts'

const won = (amount: number) => ({ amount: String(Math.round(amount)), currency: 'KRW' })

/**
 * What a run costs by the prices of today: estimate (everybody by the first channel), maximum (everybody also by each fallback) and actual.
 * Null where a price is not known: a figure on a page is true or not there.
 */
export async function costOf(
  known: { plan: Plan; pinned: Pinned } | null,
  facts: PriceDeps & { workspaceId: string; sums: RunSums | undefined; toSend: number | null },
): Promise<Run['cost']> {
  const { sums, toSend, workspaceId } = facts
  if (!known || !sums || toSend === null) return null
  const stages = known.plan.stages.flatMap((stage) =>
    stage.kind === 'send' ? [{ stage, channel: channelAt(stage.channel, known) }] : [],
  )
  const priceOf = await readPrices(facts, { workspaceId, channels: stages.map(({ channel }) => channel) })
  let [estimate, maximum, actual] = [0, 0, 0]
  for (const { stage, channel } of stages) {
    const price = channel && priceOf(channel)
    if (price === null) return null
    if (!stage.after) estimate += price * toSend
    maximum += price * toSend
    const chunk = sums.chunks.find(({ nodeNo }) => nodeNo === stage.no)
    const states = chunk ? statesAt(sums, chunk) : {}
    actual += price * ((states.sent ?? 0) + (states.delivered ?? 0) + (states.converted ?? 0))
  }
  return { estimate: won(estimate), maximum: won(maximum), actual: won(actual) }
}
