import type { Plan, SendStage } from '#runtime/compile/plan.ts'
import { MESSAGE_RANK } from '#runtime/states/message-states.ts'
import type { MessageState, StateCounts } from '#schemas/states.ts'
import { isOver, recipientsOf, type RunRow } from './run-row.ts'
import { reported, type NodeSums, type RunSums } from './sums.ts'

/** States that reports, or a person, may lead to or from. */
const REPORTED: readonly MessageState[] = ['sent', 'delivered', 'converted', 'failed', 'skipped', 'unconfirmed']
/** States that a chunk counts as failed. */
const COUNTED_AS_FAILED = ['expired', 'cancelled'] as const satisfies readonly MessageState[]

/** Messages of one node by state, from its chunks' counters and the reports since. */
export function statesAt(sums: RunSums, chunk: NodeSums): Record<string, number> {
  const states: Record<string, number> = {
    pending: chunk.pending,
    sending: chunk.sending,
    sent: chunk.sent,
    failed: chunk.failed,
    skipped: chunk.skipped,
    unconfirmed: chunk.unconfirmed,
  }
  const apart = sums.neverSent?.get(chunk.nodeNo)
  for (const state of COUNTED_AS_FAILED) {
    // Its chunk may have closed between the two looks: nobody is taken from the failed who is not among them.
    const known = Math.min(apart?.[state] ?? 0, states.failed ?? 0)
    const now = Math.max(0, known + reported(sums, chunk.nodeNo, state))
    // Where they are not told apart, what moved since is taken from the failed they are among.
    const rest = known + reported(sums, chunk.nodeNo, state) - now
    states.failed = (states.failed ?? 0) - known + rest
    states[state] = now
  }
  for (const state of REPORTED) states[state] = Math.max(0, (states[state] ?? 0) + reported(sums, chunk.nodeNo, state))
  return states
}

const sends = (plan: Plan): SendStage[] => plan.stages.filter((stage) => stage.kind === 'send')
const chunkAt = (sums: RunSums, nodeNo: number): NodeSums | undefined => sums.chunks.find((chunk) => chunk.nodeNo === nodeNo)

/** Rows that went from a channel to its fallback: by a refusal at once, and because a report said so. */
export function fellBack(plan: Plan | null, sums: RunSums, nodeNo: number): { atOnce: number; byReport: number } {
  const stage = plan && sends(plan).find((one) => one.no === nodeNo)
  const chunk = chunkAt(sums, nodeNo)
  const targets = stage?.outlets.filter(({ fromPort }) => fromPort === 'undelivered') ?? []
  if (!chunk || targets.length === 0) return { atOnce: 0, byReport: 0 }
  const arrived = Math.max(...targets.map((target) => chunkAt(sums, target.stage)?.first ?? 0))
  // What moved on is either another attempt (rows that did not come for the first time) or at the fallback.
  const atOnce = Math.max(0, chunk.moved - (chunk.n - chunk.first - chunk.resent))
  return { atOnce, byReport: Math.max(0, arrived - atOnce) }
}

/** Channels whose people have their outcome elsewhere already: those who were sent to before go on there. */
function afterSent(plan: Plan | null): ReadonlySet<number> {
  const found = new Set<number>()
  if (!plan) return found
  // By number: a stage stands behind the one that feeds it.
  for (const stage of plan.stages) {
    if (stage.kind === 'audience') continue
    const parent = stage.after && plan.nodes[stage.after.channel]?.no
    if (stage.after?.port === 'sent' || (parent && found.has(parent))) found.add(stage.no)
  }
  return found
}

/**
 * Outcomes of a run: frozen ones where it is over; else what the counters say now. A person on several ways counts by the best of them,
 * which counters of ways cannot know: what is too much is taken from the worst, and the end of the run counts exactly.
 */
export function outcomesOf(
  row: Pick<RunRow, 'state' | 'outcomes' | 'total' | 'chosen_out'>,
  plan: Plan | null,
  sums: RunSums | undefined,
): StateCounts {
  if (isOver(row) && row.outcomes) return row.outcomes
  if (!sums) return row.outcomes ?? {}
  const outcomes: Record<string, number> = {}
  const elsewhere = afterSent(plan)
  for (const chunk of sums.chunks) {
    if (elsewhere.has(chunk.nodeNo)) continue
    const states = statesAt(sums, chunk)
    const { byReport } = fellBack(plan, sums, chunk.nodeNo)
    states.failed = Math.max(0, (states.failed ?? 0) - byReport)
    for (const [state, count] of Object.entries(states)) outcomes[state] = (outcomes[state] ?? 0) + count
  }
  return withoutZeros(fitted(outcomes, recipientsOf(row)))
}

function fitted(outcomes: Record<string, number>, recipients: number | null): Record<string, number> {
  if (recipients === null) return outcomes
  let tooMuch = Object.values(outcomes).reduce((sum, count) => sum + count, 0) - recipients
  for (const state of MESSAGE_RANK.toReversed()) {
    if (tooMuch <= 0) break
    const less = Math.min(tooMuch, outcomes[state] ?? 0)
    outcomes[state] = (outcomes[state] ?? 0) - less
    tooMuch -= less
  }
  return outcomes
}

function withoutZeros(counts: Record<string, number>): StateCounts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}
