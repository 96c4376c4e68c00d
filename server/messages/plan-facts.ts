import type { Column } from '#schemas/column.ts'
import type { Plan, PlanNode, SendStage } from '#runtime/compile/plan.ts'
import { addressColumns, type AddressColumns } from '#runtime/run/address-column.ts'
import type { ChannelSpec } from '#runtime/sdk/index.ts'

export type AddressKind = ChannelSpec<unknown>['addressKind']

/** What is asked of a plan for each message that is shown, found once. */
export interface PlanFacts {
  readonly plan: Plan
  readonly nodeByNo: ReadonlyMap<number, PlanNode>
  readonly stageByNo: ReadonlyMap<number, SendStage>
  /** Every column that any step knows; personal where any step says so, or where it is an address. */
  readonly columns: ReadonlyMap<string, Column>
  /** Address columns of the channels, the first channel first. */
  readonly addresses: readonly AddressColumns[]
  /** Node numbers in the order in which lists show them: channels first, then those where people were left out. */
  readonly order: readonly number[]
}

const kept = new WeakMap<Plan, PlanFacts>()

export function planFacts(plan: Plan): PlanFacts {
  const known = kept.get(plan)
  if (known) return known
  const nodes = Object.values(plan.nodes)
  const stages = plan.stages.filter((stage) => stage.kind === 'send')
  const addresses = addressColumns(plan)
  const sends = stages.map(({ no }) => no)
  const facts: PlanFacts = {
    plan,
    nodeByNo: new Map(nodes.map((node) => [node.no, node])),
    stageByNo: new Map(stages.map((stage) => [stage.no, stage])),
    columns: columnsOf(nodes, new Set(addresses.flatMap(({ elsewhere }) => elsewhere))),
    addresses,
    order: [
      ...sends,
      ...nodes
        .map(({ no }) => no)
        .filter((no) => !sends.includes(no))
        .toSorted((a, b) => a - b),
    ],
  }
  kept.set(plan, facts)
  return facts
}

function columnsOf(nodes: readonly PlanNode[], addresses: ReadonlySet<string>): Map<string, Column> {
  const columns = new Map<string, Column>()
  const ordered = nodes.toSorted((a, b) => a.no - b.no)
  for (const column of ordered.flatMap((node) => [...Object.values(node.inputs), ...Object.values(node.outputs)].flat())) {
    const personal = column.personal === true || columns.get(column.name)?.personal === true || addresses.has(column.name)
    columns.set(column.name, personal ? { ...column, personal } : column)
  }
  return columns
}

/** The address of a row as it came, and the column: the channel's own, or, for those who never came to one, the first that the row has. */
export function addressOf(
  facts: PlanFacts,
  nodeNo: number,
  row: Readonly<Record<string, unknown>>,
): { kind: AddressKind; value: string | null } | null {
  const own = facts.addresses.find((one) => one.nodeNo === nodeNo)
  const others = own ? [] : facts.addresses.flatMap(({ kind, elsewhere }) => elsewhere.map((column) => ({ kind, column })))
  const found = own ?? others.find(({ column }) => Object.hasOwn(row, column))
  if (!found) return null
  const value = row[found.column]
  return {
    kind: found.kind,
    value: typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : null,
  }
}
