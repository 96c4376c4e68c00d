import type { Column } from '#schemas/column.ts'
import type { Language } from '#schemas/localized.ts'
import type { PreviewNode, PreviewRows } from '#schemas/preview.ts'
import { errorText } from '#schemas/errors.ts'
import type { Walk } from '#runtime/compile/walk.ts'
import type { FlowSinks } from '#runtime/flow/flow-contract.ts'
import { rowOf } from '#runtime/flow/message.ts'
import { numberOf } from '#runtime/flow/recipient.ts'
import type { FailedRow, Message, Row, SkippedRow } from '#runtime/sdk/index.ts'
import { showRow, shownColumns } from './show.ts'

interface RecorderOptions {
  readonly walk: Walk
  /** Columns that channels send to: personal, whatever they are called. */
  readonly addresses: ReadonlySet<string>
  readonly language: Language
}

/** Keeps what goes in and out of each node of a preview, in the form in which it may be shown. */
export class Recorder {
  readonly nodes: Record<string, PreviewNode> = {}
  readonly #options: RecorderOptions

  constructor(options: RecorderOptions) {
    this.#options = options
  }

  /** The node, from the moment on that it was part of the preview; nodes without rows are shown with their columns. */
  node(nodeId: string): PreviewNode {
    const { walk } = this.#options
    return (this.nodes[nodeId] ??= {
      in: empty(walk.columns[nodeId]?.in),
      out: empty(walk.columns[nodeId]?.out),
      failed: [],
      skipped: [],
      tookMs: 0,
      statements: 0,
    })
  }

  seen: NonNullable<FlowSinks['seen']> = ({ nodeId, side, port }, items) => {
    const ports = this.node(nodeId)[side]
    const at = (ports[port] ??= { columns: [], rows: [], more: false })
    at.rows.push(...items.map((item) => showRow(rowOf(item), at.columns, this.#options.addresses)))
  }

  /** Rows of a source so that they can be pinned, in the order in which they were seen. */
  sealed(nodeId: string, rows: readonly string[]): void {
    const node = this.node(nodeId)
    node.sealed = [...(node.sealed ?? []), ...rows]
  }

  took(nodeId: string, ms: number): void {
    this.node(nodeId).tookMs += ms
  }

  cost(nodeId: string, statements: number): void {
    this.node(nodeId).statements += statements
  }

  failed(nodeId: string, rows: readonly FailedRow[]): void {
    const { language } = this.#options
    this.node(nodeId).failed.push(
      ...rows.map(({ row, error }) => ({ row: placeOf(row), code: error.code, message: error.text[language] })),
    )
  }

  skipped(nodeId: string, rows: readonly SkippedRow[]): void {
    const { language } = this.#options
    this.node(nodeId).skipped.push(
      ...rows.map(({ row, reason }) => ({ row: placeOf(row), code: reason, message: errorText(reason)[language] })),
    )
  }

  /** The source had more rows than were wanted: what is shown anywhere is a beginning. */
  moreToCome(): void {
    for (const node of Object.values(this.nodes))
      for (const ports of [node.in, node.out]) for (const rows of Object.values(ports)) rows.more = true
  }
}

function empty(ports: Readonly<Record<string, readonly Column[]>> | undefined): Record<string, PreviewRows> {
  return Object.fromEntries(
    Object.entries(ports ?? {}).map(([port, columns]) => [port, { columns: shownColumns(columns), rows: [], more: false }]),
  )
}

/** Place of an item's person in the preview, counted from 0. */
export function placeOf(item: Row | Message): number {
  return (numberOf(rowOf(item)) ?? 1) - 1
}
