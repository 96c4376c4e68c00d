import type { Column } from '#schemas/column.ts'
import type { PlanNode } from '#runtime/compile/plan.ts'
import { rowsPort } from '#runtime/ports.ts'
import type { Walk } from '#runtime/compile/walk.ts'
import type { FlowSinks } from '#runtime/flow/flow-contract.ts'
import { rowOf } from '#runtime/flow/message.ts'
import type { Row } from '#runtime/sdk/index.ts'

/** A source of a preview, with the columns that it gives now. */
export interface SampledSource {
  readonly node: PlanNode
  readonly columns: readonly Column[]
}

/** Rows that a person pinned: a preview shows them in place of asking their source. */
export interface PinnedSamples {
  /** Null: none are pinned for this source, or it gives rows of another kind by now. */
  rowsOf(source: SampledSource): readonly Row[] | null
  /** A row of the source in a form in which it can be pinned later, and which nobody reads who carries it until then. */
  seal(source: SampledSource, row: Row): string
}

/** What a source of the preview gives, and what is known of it. */
export function sampledSource(node: PlanNode, walk: Walk): SampledSource {
  return { node, columns: walk.columns[node.id]?.out[rowsPort(node.type)] ?? [] }
}

/** Hears what sources give and seals it, row by row, in the order in which it is shown. */
export function sealing(
  samples: PinnedSamples,
  {
    sources,
    walk,
    keep,
  }: { sources: readonly PlanNode[]; walk: Walk; keep: (nodeId: string, sealed: readonly string[]) => void },
): NonNullable<FlowSinks['seen']> {
  const known = new Map(sources.map((node) => [node.id, sampledSource(node, walk)]))
  return ({ nodeId, side, port }, items) => {
    const source = side === 'out' ? known.get(nodeId) : undefined
    if (source && port === rowsPort(source.node.type))
      keep(
        nodeId,
        items.map((item) => samples.seal(source, rowOf(item))),
      )
  }
}
