import type { Plan, PlanNode } from '#runtime/compile/plan.ts'
import { numbered } from '#runtime/flow/recipient.ts'
import type { Column } from '#schemas/column.ts'
import type { Row } from '#runtime/sdk/index.ts'
import { namesOf } from './address-column.ts'
import { rowOf, type Item } from './chunk.ts'
import type { Numbering } from './numbering.ts'

/**
 * The column in which a test run's rows carry the address that they go to instead. The row's own address stays as it is, so that queries
 * that ask by it answer as in earnest; no channel of a test run reads it.
 */
const TEST_ADDRESS = 'alimflow:test-address'
const column: Column = { name: TEST_ADDRESS, type: 'text', nullable: false, personal: true, hidden: true }

/**
 * The plan as a test run has it: every channel sends to the test address. A row that lost it on the way has none, and fails: it never goes
 * to the recipient's own.
 */
export function planForTest(plan: Plan): Plan {
  const all = Object.values(plan.nodes)
  // Nothing is sent to them here, but they are people's numbers all the same, whatever their columns are called.
  const own = new Set(all.flatMap(({ type, config }) => [...(type.channel ? namesOf(type.channel.address(config), all) : [])]))
  const nodes = Object.fromEntries(Object.entries(plan.nodes).map(([id, node]) => [id, nodeForTest(withPersonal(node, own))]))
  return { ...plan, nodes, test: true }
}

function withPersonal(node: PlanNode, names: ReadonlySet<string>): PlanNode {
  const marked = (ports: PlanNode['inputs']): PlanNode['inputs'] =>
    Object.fromEntries(
      Object.entries(ports).map(([port, columns]) => [
        port,
        columns.map((one) => (names.has(one.name) ? { ...one, personal: true } : one)),
      ]),
    )
  return { ...node, inputs: marked(node.inputs), outputs: marked(node.outputs) }
}

function nodeForTest(node: PlanNode): PlanNode {
  const { channel } = node.type
  if (!channel) return node
  const inputs = Object.fromEntries(Object.entries(node.inputs).map(([port, columns]) => [port, [...columns, column]]))
  return { ...node, inputs, type: { ...node.type, channel: { ...channel, address: () => TEST_ADDRESS } } }
}

/**
 * Those of a batch that belong to a test run, with their numbers: the first people who leave the audience, as many as there are addresses.
 * Person n goes to address n, at every port at which the row leaves.
 */
export function firstForTest(
  items: readonly Item[],
  { addresses, numbering }: { addresses: readonly string[]; numbering: Numbering },
): { items: Item[]; seqs: number[] } {
  const kept: Item[] = []
  const seqs: number[] = []
  for (const item of items) {
    const row = rowOf(item)
    if (numbering.total >= addresses.length && !numbering.knows(row)) continue
    const seq = numbering.numberFor(row)
    seqs.push(seq)
    kept.push(withAddress(item, { seq, address: addresses[seq - 1] as string }))
  }
  return { items: kept, seqs }
}

function withAddress(item: Item, { seq, address }: { seq: number; address: string }): Item {
  const row: Row = numbered({ ...rowOf(item), [TEST_ADDRESS]: address }, seq)
  return rowOf(item) === item ? row : { ...item, row }
}
