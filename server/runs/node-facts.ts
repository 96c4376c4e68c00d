import type { Plan, PlanNode, RowStage, SendStage } from '#runtime/compile/plan.ts'
import { waitPort } from '#runtime/flow/waits.ts'
import { portName } from '#runtime/run/ports.ts'
import type { RunNode } from '#schemas/run.ts'
import { outerNodes } from './outer-nodes.ts'
import { fellBack, statesAt } from './outcomes.ts'
import type { RunSums } from './sums.ts'

/** What went in and out of each node so far. Nodes that no row reached yet stand there with zeros. */
export function nodesOf(plan: Plan | null, sums: RunSums | undefined): Record<string, RunNode> {
  if (!plan || !sums) return {}
  const nodes = Object.fromEntries(
    Object.values(plan.nodes).map((node) => [node.id, node.type.channel ? channel(plan, sums, node) : step(plan, sums, node)]),
  )
  return { ...nodes, ...outerNodes(plan, nodes) }
}

function step(plan: Plan, sums: RunSums, node: PlanNode): RunNode {
  const out: Record<string, number> = {}
  let rowsIn = 0
  for (const { nodeNo, port, rows } of sums.nodes) {
    if (nodeNo !== node.no) continue
    const name = portName(node.type, port)
    if (name === null) rowsIn += rows
    else out[name] = (out[name] ?? 0) + rows
  }
  const reads = sums.reads.find(({ nodeNo }) => nodeNo === node.no)
  const waiting = node.type.wait ? waitingAt(plan, sums, node) : null
  const port = waitPort(node.type)
  // Who waits has come in, and not gone out.
  if (waiting && port !== null) out[port] = Math.max(0, (out[port] ?? 0) - waiting.count)
  return {
    in: rowsIn,
    out,
    ...(reads && { statements: reads.statements, databaseMs: Math.round(reads.databaseMs) }),
    ...(waiting && { waiting }),
  }
}

const entriesOf = (stage: RowStage | SendStage) => (stage.kind === 'send' ? [stage.entry] : stage.entries)

/** Who waits at a step: in the chunks of the stages that it leads to. */
function waitingAt(plan: Plan, sums: RunSums, node: PlanNode): RunNode['waiting'] | null {
  const next = plan.stages.flatMap((stage) =>
    stage.kind !== 'audience' && entriesOf(stage).some(({ from }) => from === node.id) ? [stage.no] : [],
  )
  const waits = (sums.waits ?? []).filter(({ nodeNo }) => next.includes(nodeNo))
  if (waits.length === 0) return null
  const times = waits.flatMap(({ first, last }) => [new Date(first).getTime(), new Date(last).getTime()])
  return {
    // Who goes on in two ways waits in both.
    count: Math.max(...waits.map(({ n }) => n)),
    first: new Date(Math.min(...times)).toISOString(),
    last: new Date(Math.max(...times)).toISOString(),
  }
}

function channel(plan: Plan, sums: RunSums, node: PlanNode): RunNode {
  const chunk = sums.chunks.find(({ nodeNo }) => nodeNo === node.no)
  if (!chunk) return { in: 0, out: {} }
  const { atOnce, byReport } = fellBack(plan, sums, node.no)
  const states = statesAt(sums, chunk)
  // They have not come here yet: they stand at the step that lets them wait.
  const waiting = (sums.waits ?? []).reduce((sum, { nodeNo, n }) => (nodeNo === node.no ? sum + n : sum), 0)
  states.pending = Math.max(0, (states.pending ?? 0) - waiting)
  // Who was refused at once went on to the fallback: here that message failed.
  states.failed = (states.failed ?? 0) + atOnce
  const sent = ['sent', 'delivered', 'converted'].reduce((sum, state) => sum + (states[state] ?? 0), 0)
  const undelivered = atOnce + byReport
  return {
    in: Math.max(0, chunk.first - waiting),
    out: { sent, ...(undelivered > 0 && { undelivered }) },
    states: Object.fromEntries(Object.entries(states).filter(([, count]) => count > 0)),
  }
}
