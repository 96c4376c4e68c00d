import type { FailedRow, Message, NodeContext, Row, SkippedRow } from '#runtime/sdk/index.ts'
import type { Plan, Wire } from '#runtime/compile/plan.ts'

/** What leaves a part of the graph. Every call is awaited, so a slow sink slows the flow down and nothing piles up. */
export interface FlowSinks {
  /** Rows or messages at an output port that leads out of this part of the graph (an outlet of its stage). */
  outlet(from: string, port: string, items: readonly (Row | Message)[]): Promise<void> | void
  /** Rows that failed at a node whose `failed` port leads nowhere. */
  failed(nodeId: string, rows: readonly FailedRow[]): Promise<void> | void
  skipped(nodeId: string, rows: readonly SkippedRow[]): Promise<void> | void
  /** Rows that went in (`port` null) or out of a node; `joined`: came to a merge once more, and were taken before. */
  count?(nodeId: string, port: string | null, rows: number): void
  /** The rows themselves, wherever they go in or out of a node (`out`: connected or not): what a preview shows. */
  seen?(at: { nodeId: string; side: 'in' | 'out'; port: string }, items: readonly (Row | Message)[]): void
  /** Time a node worked on one batch, ms. */
  took?(nodeId: string, ms: number): void
}

export interface FlowOptions {
  readonly plan: Pick<Plan, 'nodes'>
  /** Nodes of this part, in topological order. */
  readonly nodes: readonly string[]
  readonly wires: readonly Wire[]
  /** Output ports that lead out of this part: `nodeId port`. */
  readonly outlets: readonly { readonly from: string; readonly fromPort: string }[]
  context(nodeId: string): NodeContext
  readonly sinks: FlowSinks
}

/** A part of the graph, opened: batches are pushed in at a node's input and come out at the sinks. */
export interface Flow {
  push(nodeId: string, port: string, items: readonly (Row | Message)[]): Promise<void>
  /** Rows that come out of `nodeId` at `port` without it being a node of this flow's own: the rows a source read. Counted as its output. */
  emit(nodeId: string, port: string, items: readonly (Row | Message)[]): Promise<void>
  /** The end of the input: audience nodes give the rest. */
  finish(): Promise<void>
}
