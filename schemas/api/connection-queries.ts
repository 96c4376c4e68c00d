import Type, { type Static } from 'typebox'
import { Page, PageQuery } from './paging.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** GET /api/connections/:id/queries */
export const ConnectionQueriesQuery = Type.Object({
  ...PageQuery,
  /** Only those that took long, or that ended with an error. */
  show: Type.Optional(Type.Enum(['slow', 'failed'])),
})

/** What was asked of a database: equal statements within a few seconds are one line. Values are never part of it. */
export const ConnectionQuery = Type.Object({
  id: Type.String(),
  at: Type.String(),
  /** run: a step of a run · preview: a step of a preview or a check · tables: somebody looked at a table */
  purpose: Type.Enum(['run', 'preview', 'tables']),
  /** Null: none, or it was deleted. */
  workflow: Nullable(Type.Object({ id: Type.String(), name: Type.String() })),
  runId: Nullable(Type.String()),
  /** The step as it is called in the workflow now. */
  step: Nullable(Type.String()),
  statement: Type.String(),
  state: Type.Enum(['ok', 'stopped', 'failed']),
  /** Code of the error; its words are not kept, since databases quote values in them. */
  code: Nullable(Type.String()),
  times: Type.Integer(),
  /** The longest of them. */
  longestMs: Type.Number(),
  totalMs: Type.Number(),
  rows: Type.Integer(),
  slow: Type.Boolean(),
})
export type ConnectionQuery = Static<typeof ConnectionQuery>

export const ConnectionQueryPage = Page(ConnectionQuery)
export type ConnectionQueryPage = Static<typeof ConnectionQueryPage>
