import type { Plan, PlanNode } from '#runtime/compile/plan.ts'
import { portName } from '#runtime/run/ports.ts'
import type { RunNode } from '#schemas/run.ts'
import { fellBack, statesAt } from './outcomes.ts'
import type { RunSums } from './sums.ts'

/** What went in and out of each node so far. Nodes that no row reached yet stand there with zeros. */
export function nodesOf(plan: Plan | null, sums: RunSums | undefined): Record<string, RunNode> {
  if (!plan || !sums) return {}
  return Object.fromEntries(
    Object.values(plan.nodes).map((node) => [node.id, node.type.channel ? channel(plan, sums, node) : step(sums, node)]),
  )
}

function step(sums: RunSums, node: PlanNode): RunNode {
  const out: Record<string, number> = {}
  let rowsIn = 0
  for (const { nodeNo, port, rows } of sums.nodes) {
    if (nodeNo !== node.no) continue
    const name = portName(node.type, port)
    if (name === null) rowsIn += rows
    else out[name] = (out[name] ?? 0) + rows
  }
  const reads = sums.reads.find(({ nodeNo }) => nodeNo === node.no)
  return { in: rowsIn, out, ...(reads && { statements: reads.statements, databaseMs: Math.round(reads.databaseMs) }) }
}

function channel(plan: Plan, sums: RunSums, node: PlanNode): RunNode {
  const chunk = sums.chunks.find(({ nodeNo }) => nodeNo === node.no)
  if (!chunk) return { in: 0, out: {} }
  const { atOnce, byReport } = fellBack(plan, sums, node.no)
  const states = statesAt(sums, chunk)
  // Who was refused at once went on to the fallback: here that message failed.
  states.failed = (states.failed ?? 0) + atOnce
  const sent = ['sent', 'delivered', 'converted'].reduce((sum, state) => sum + (states[state] ?? 0), 0)
  const undelivered = atOnce + byReport
  return {
    in: chunk.first,
    out: { sent, ...(undelivered > 0 && { undelivered }) },
    states: Object.fromEntries(Object.entries(states).filter(([, count]) => count > 0)),
  }
}
