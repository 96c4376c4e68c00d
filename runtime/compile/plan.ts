import type { Column } from '#schemas/column.ts'
import type { Described, NodeType } from '#runtime/sdk/index.ts'

/** A node of the graph, checked and ready: config upgraded and valid, columns known at each port. */
export interface PlanNode {
  readonly id: string
  readonly type: NodeType
  readonly config: Readonly<Record<string, unknown>>
  /** Place in topological order, counted from 1: what the run tables call `node_no`. */
  readonly no: number
  readonly label: string
  readonly inputs: Readonly<Record<string, readonly Column[]>>
  readonly outputs: Readonly<Record<string, readonly Column[]>>
  readonly described: Described | null
}

/** One edge as the engine walks it. */
export interface Wire {
  readonly from: string
  readonly fromPort: string
  readonly to: string
  readonly toPort: string
}

/** Where the rows of a stage go: into new chunks that `target` (a channel, or the first node of a row stage) takes. */
export interface Outlet {
  readonly from: string
  readonly fromPort: string
  /** Id of the stage that takes the chunks. */
  readonly stage: number
}

/**
 * The audience: one process reads the sources, one after the other, and streams its rows through pure row nodes and audience nodes into chunks.
 * Rows are numbered when they leave it.
 */
export interface AudienceStage {
  readonly kind: 'audience'
  /** `node_no` of the first source. */
  readonly no: number
  /** In the order in which they are read. */
  readonly sources: readonly string[]
  /** In topological order, the sources among them. */
  readonly nodes: readonly string[]
  readonly wires: readonly Wire[]
  readonly outlets: readonly Outlet[]
}

/**
 * Rows are reshaped after a query, or wait: a node that drops, forks or merges them stands behind one that asks. Each chunk is worked
 * through by any worker and gives new, full chunks that contain the answers.
 */
export interface RowStage {
  readonly kind: 'rows'
  /** `node_no` of its first node: the chunks' node_no. */
  readonly no: number
  /** The edges the chunks wait at, all out of one port: each row goes over every one of them. */
  readonly entries: readonly [Wire, ...Wire[]]
  readonly nodes: readonly string[]
  readonly wires: readonly Wire[]
  /** What leaves a step that lets wait becomes chunks that nobody takes before their time. */
  readonly outlets: readonly Outlet[]
  /** The channel whose way out leads here, or null. */
  readonly after: SendStage['after']
}

/** One channel, with all that happens to a chunk on the way to it: reads (their answers frozen beside the chunk) and pure nodes. */
export interface SendStage {
  readonly kind: 'send'
  /** `node_no` of the channel. */
  readonly no: number
  readonly channel: string
  /** The edge the chunks wait at: rows come out of `entry.from`. */
  readonly entry: Wire
  /** Row nodes between the chunk and the channel, in topological order; none of them drops, forks or merges. */
  readonly nodes: readonly string[]
  /** Between those nodes, and from the last one into the channel. */
  readonly wires: readonly Wire[]
  /** Those of `nodes` that ask: their answers are frozen. Empty for a fallback, whose chunks contain the answers. */
  readonly reads: readonly string[]
  /** Stages fed by the channel's ports (`undelivered`, `sent`). */
  readonly outlets: readonly Outlet[]
  /** Channel nodes joined by `undelivered` form one send line; its first stage's no. */
  readonly line: number
  /** The channel whose `undelivered` (or `sent`) feeds this one, or null. */
  readonly after: { readonly channel: string; readonly port: string } | null
  /** Of those who come here, who has waited at a step above: the time of their messages counts from then. `some`: behind a merge. */
  readonly waited: 'all' | 'some' | 'none'
}

export type Stage = AudienceStage | RowStage | SendStage

/** What a checked workflow does. Plain data but for the node types. */
export interface Plan {
  readonly nodes: Readonly<Record<string, PlanNode>>
  readonly trigger: string
  readonly audience: AudienceStage
  /** All stages, the audience first, then by `no`. */
  readonly stages: readonly Stage[]
  readonly timezone: string
  /** A test run's (`planForTest`): only the first people leave the audience, and their messages go to other addresses. */
  readonly test?: true
}
