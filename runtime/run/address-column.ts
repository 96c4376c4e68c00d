import { PART_ENTRY } from '#schemas/sub-workflow.ts'
import type { Plan, PlanNode, SendStage } from '#runtime/compile/plan.ts'
import type { ChannelSpec } from '#runtime/sdk/index.ts'

/** Where the address of a channel's people stands. */
export interface AddressColumns {
  readonly kind: ChannelSpec<unknown>['addressKind']
  readonly nodeNo: number
  /** In the rows of the channel's own chunks. */
  readonly column: string
  /** In rows that never came so far: the likeliest first. */
  readonly elsewhere: readonly string[]
}

/** Asked for each person who is left out; a plan never changes. */
const known = new WeakMap<Plan, readonly AddressColumns[]>()

/**
 * The addresses of a plan's channels, the first channel first. A workflow inside another calls its columns by its own names: behind the place
 * where people come into it, a chunk's rows still have the names of outside.
 */
export function addressColumns(plan: Plan): readonly AddressColumns[] {
  const found = known.get(plan) ?? read(plan)
  known.set(plan, found)
  return found
}

function read(plan: Plan): AddressColumns[] {
  const nodes = Object.values(plan.nodes)
  return plan.stages.flatMap((stage) => {
    const node = stage.kind === 'send' ? plan.nodes[stage.channel] : undefined
    const channel = node?.type.channel
    if (stage.kind !== 'send' || !node || !channel) return []
    const own = channel.address(node.config)
    const column = columnBefore(own, stage, plan)
    return [
      { kind: channel.addressKind, nodeNo: stage.no, column, elsewhere: [...new Set([column, own, ...namesOf(own, nodes)])] },
    ]
  })
}

/** What a column of the channel is called where the stage's chunks begin. */
function columnBefore(column: string, stage: SendStage, plan: Plan): string {
  return stage.nodes.reduceRight((name, id) => {
    const node = plan.nodes[id]
    return node?.type.type === PART_ENTRY ? (chosenIn(node)[name] ?? name) : name
  }, column)
}

/** All that a column may be called further up: workflows inside, among the nodes, call it by names of their own. */
export function namesOf(column: string, nodes: readonly PlanNode[]): Set<string> {
  const entries = nodes.filter(({ type }) => type.type === PART_ENTRY)
  const names = new Set([column])
  // The set grows while it is walked.
  for (const name of names) for (const entry of entries) names.add(chosenIn(entry)[name] ?? name)
  return names
}

/** The columns that were chosen for those that the workflow needs, as the entry's schema says. */
const chosenIn = ({ config }: PlanNode): Readonly<Record<string, string>> =>
  (config.columns ?? {}) as Readonly<Record<string, string>>
