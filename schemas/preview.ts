import Type, { type Static } from 'typebox'
import { Column } from './column.ts'
import { Length, Parts } from './message.ts'
import { Problem } from './problem.ts'

/** Rows at one port, masked where a column is personal. `more`: the limit cut the rest off. */
export const PreviewRows = Type.Object({
  columns: Type.Array(Column),
  rows: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  more: Type.Boolean(),
})
export type PreviewRows = Static<typeof PreviewRows>

export const PreviewNode = Type.Object({
  in: Type.Record(Type.String(), PreviewRows),
  out: Type.Record(Type.String(), PreviewRows),
  /** Rows that failed or were left out here: number in the preview and reason. */
  failed: Type.Array(Type.Object({ row: Type.Integer(), code: Type.String(), message: Type.String() })),
  skipped: Type.Array(Type.Object({ row: Type.Integer(), code: Type.String(), message: Type.String() })),
  tookMs: Type.Number(),
  statements: Type.Integer(),
  /** Of a source: its rows in a form in which they can be pinned (`PUT …/samples/:nodeId`), one for each row; only the server reads it. */
  sealed: Type.Optional(Type.Array(Type.String())),
})
export type PreviewNode = Static<typeof PreviewNode>

/** What one person would get from one channel. */
export const PreviewMessage = Type.Object({
  nodeId: Type.String(),
  channel: Type.String(),
  /** Place of the person in the preview, counted from 0. */
  row: Type.Integer(),
  /** Who: the row's first text that looks like a name; for the pager. */
  name: Type.Union([Type.String(), Type.Null()]),
  address: Type.Union([Type.String(), Type.Null()]),
  parts: Parts,
  /** The value of each variable, to mark it in the text. */
  variables: Type.Record(Type.String(), Type.String()),
  length: Length,
  missing: Type.Array(Type.String()),
  error: Type.Union([Type.Object({ code: Type.String(), message: Type.String() }), Type.Null()]),
  /** It would go out only if an earlier channel fails. */
  fallback: Type.Boolean(),
  /** It goes out after a wait, at this moment: the preview shows it as if the wait were over. */
  waitsUntil: Type.Optional(Type.String()),
})
export type PreviewMessage = Static<typeof PreviewMessage>

/** Rows of a source that a person pinned. `stale`: its config or columns are others by now, so the source was asked. */
export const PinnedSample = Type.Object({ rows: Type.Integer(), at: Type.String(), stale: Type.Boolean() })
export type PinnedSample = Static<typeof PinnedSample>

export const Preview = Type.Object({
  problems: Type.Array(Problem),
  nodes: Type.Record(Type.String(), PreviewNode),
  messages: Type.Array(PreviewMessage),
  /** What is pinned, by source. */
  samples: Type.Optional(Type.Record(Type.String(), PinnedSample)),
  /** When the oldest of its results was asked, where a connection keeps some to show them again; left out: all were asked now. */
  keptAt: Type.Optional(Type.String()),
  /** Connections that gave as many rows as a preview may get of them: there may be more. */
  cut: Type.Optional(Type.Array(Type.Object({ connection: Type.String(), name: Type.String(), rows: Type.Integer() }))),
})
export type Preview = Static<typeof Preview>
