import type { Plan } from '#runtime/compile/plan.ts'
import type { MessageState } from '#schemas/states.ts'
import { portNumber } from './ports.ts'

/** Sums over the closed chunks of a node. */
export interface ChunkSums {
  readonly nodeNo: number
  readonly n: number
  /** n of chunks that came for the first time (attempt 1). */
  readonly first: number
  readonly sent: number
  readonly failed: number
  readonly unconfirmed: number
  readonly skipped: number
  readonly moved: number
  /** Chunks whose n is not the sum of their counters. */
  readonly unlawful: number
}

/** What the database says at the end of a run, counted from the rows themselves. */
export interface LawFacts {
  /** Numbered rows. */
  readonly total: number
  readonly chosenOut: number
  readonly chunks: readonly ChunkSums[]
  readonly messages: readonly { readonly nodeNo: number; readonly state: MessageState; readonly count: number }[]
  /** What reports moved since. */
  readonly deltas: readonly { readonly nodeNo: number; readonly state: MessageState; readonly count: number }[]
  readonly outcomes: Readonly<Record<string, number>>
  readonly nodes: readonly { readonly nodeNo: number; readonly port: number; readonly rows: number }[]
}

export interface LawCheck {
  readonly what: string
  readonly nodeNo: number | null
  readonly expected: number
  readonly found: number
}

/** What was compared, and whether it holds. Only what does not hold is listed. */
export interface Law {
  readonly holds: boolean
  readonly compared: number
  readonly broken: readonly LawCheck[]
}

/**
 * The law of a run: recipients = Σ outcomes; at every chunk n = Σ states + moved; at every node as many messages in each state as its
 * chunks (and the reports since) say; at every node that drops nothing rows in = Σ rows out. Pure.
 * `whole`: the run went to its end; a cancelled one has nodes that rows never reached.
 */
export function checkLaw(plan: Plan, facts: LawFacts, { whole }: { whole: boolean }): Law {
  const checks = [recipients(facts), ...chunks(facts), ...messages(plan, facts), ...(whole ? nodes(plan, facts) : [])]
  const broken = checks.filter((check) => check.expected !== check.found)
  return { holds: broken.length === 0, compared: checks.length, broken }
}

function recipients({ total, chosenOut, outcomes }: LawFacts): LawCheck {
  const found = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  return { what: 'recipients', nodeNo: null, expected: total - chosenOut, found }
}

function chunks(facts: LawFacts): LawCheck[] {
  return facts.chunks.map(({ nodeNo, unlawful }) => ({ what: 'chunks', nodeNo, expected: 0, found: unlawful }))
}

function messages(plan: Plan, facts: LawFacts): LawCheck[] {
  const channels = new Set(plan.stages.flatMap((stage) => (stage.kind === 'send' ? [stage.no] : [])))
  return facts.chunks.flatMap((chunk) => {
    const { nodeNo } = chunk
    const count = (rows: LawFacts['messages'], ...states: MessageState[]): number =>
      rows.reduce((sum, row) => (row.nodeNo === nodeNo && states.includes(row.state) ? sum + row.count : sum), 0)
    const pairs: [string, number, MessageState[]][] = [
      ['sent', chunk.sent, ['sent']],
      ['delivered', 0, ['delivered', 'converted']],
      ['unconfirmed', chunk.unconfirmed, ['unconfirmed']],
      ['skipped', chunk.skipped, ['skipped']],
      // Where rows move on from a channel (retry, fallback), the attempt they leave behind is a row.
      ['failed', chunk.failed + (channels.has(nodeNo) ? chunk.moved : 0), ['failed', 'errored', 'expired', 'cancelled']],
    ]
    return pairs.map(([what, base, states]) => ({
      what: `messages ${what}`,
      nodeNo,
      expected: base + count(facts.deltas, ...states),
      found: count(facts.messages, ...states),
    }))
  })
}

function nodes(plan: Plan, facts: LawFacts): LawCheck[] {
  const rowsAt = (nodeNo: number, port: number): number =>
    facts.nodes.reduce((sum, row) => (row.nodeNo === nodeNo && row.port === port ? sum + row.rows : sum), 0)
  const balanced = Object.values(plan.nodes).flatMap((node): LawCheck[] => {
    if (node.type.role !== 'transform' || node.type.drops || node.type.scope === 'audience') return []
    const out = facts.nodes.reduce((sum, row) => (row.nodeNo === node.no && row.port !== 0 ? sum + row.rows : sum), 0)
    return [{ what: 'node rows', nodeNo: node.no, expected: rowsAt(node.no, 0), found: out }]
  })
  // A test takes the first people out of what comes.
  if (plan.test) return balanced
  const outlets = plan.stages.flatMap((stage) => stage.outlets)
  const handedOver = plan.audience.outlets.flatMap((outlet): LawCheck[] => {
    const from = plan.nodes[outlet.from]
    // What comes from several sides (lines that meet, one of them after a wait) is not told apart.
    if (!from || outlets.filter((one) => one.stage === outlet.stage).length > 1) return []
    const chunks = facts.chunks.find((chunk) => chunk.nodeNo === outlet.stage)
    // Who could not pass the first step of a row stage stands in a chunk of that step's own, besides the one that was handed over.
    const isRows = plan.stages.some((stage) => stage.kind === 'rows' && stage.no === outlet.stage)
    const found = (chunks?.first ?? 0) - (isRows ? (chunks?.failed ?? 0) + (chunks?.skipped ?? 0) : 0)
    const expected = rowsAt(from.no, portNumber(from.type, outlet.fromPort))
    return [{ what: 'rows handed over', nodeNo: from.no, expected, found }]
  })
  return [...balanced, ...handedOver]
}
