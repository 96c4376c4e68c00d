import type { Plan } from '#runtime/compile/plan.ts'
import type { ReportedCost } from '#runtime/sdk/index.ts'
import type { NodeCount, ReadCost } from './ledger.ts'
import { portNumber } from './ports.ts'

/** Adds up what goes in and out of nodes, and what their queries cost, until it is written. */
export class FlowCounter {
  readonly #plan: Plan
  #rows = new Map<string, NodeCount>()
  #reads = new Map<number, ReadCost>()

  constructor(plan: Plan) {
    this.#plan = plan
  }

  count(nodeId: string, port: string | null, rows: number): void {
    const node = this.#plan.nodes[nodeId]
    if (!node || rows === 0) return
    const number = portNumber(node.type, port)
    const key = `${node.no} ${number}`
    this.#rows.set(key, { nodeNo: node.no, port: number, rows: (this.#rows.get(key)?.rows ?? 0) + rows })
  }

  read(nodeId: string, cost: ReportedCost): void {
    const nodeNo = this.#plan.nodes[nodeId]?.no
    if (nodeNo === undefined) return
    const before = this.#reads.get(nodeNo) ?? { statements: 0, databaseMs: 0, ambiguous: 0 }
    this.#reads.set(nodeNo, {
      nodeNo,
      statements: before.statements + cost.statements,
      databaseMs: before.databaseMs + cost.databaseMs,
      ambiguous: before.ambiguous + (cost.ambiguous ?? 0),
    })
  }

  /** What was counted since the last call, always in the same order: lanes that write at once wait for each other and never in a circle. */
  drain(): { counts: NodeCount[]; reads: ReadCost[] } {
    const drained = {
      counts: [...this.#rows.values()].toSorted((a, b) => a.nodeNo - b.nodeNo || a.port - b.port),
      reads: [...this.#reads.values()],
    }
    this.#rows = new Map()
    this.#reads = new Map()
    return drained
  }
}
