import Type, { type Static } from 'typebox'
import { Money, Reason } from './message.ts'
import { RunState, StateCounts } from './states.ts'
import { InnerStep } from './part-face.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** What went in and out of one node during a run. */
export const RunNode = Type.Object({
  in: Type.Integer(),
  out: Type.Record(Type.String(), Type.Integer()),
  /** Channel nodes: messages by state. */
  states: Type.Optional(StateCounts),
  /** Nodes that ask a database. */
  statements: Type.Optional(Type.Integer()),
  databaseMs: Type.Optional(Type.Number()),
  /** Steps that let wait: who waits there now, and when the first and the last go on. */
  waiting: Type.Optional(Type.Object({ count: Type.Integer(), first: Type.String(), last: Type.String() })),
})
export type RunNode = Static<typeof RunNode>

export const RunCounts = Type.Object({
  /** Everyone who left the audience, left-out people included; recipients = Σ outcomes. Null while the audience is read. */
  recipients: Nullable(Type.Integer()),
  toSend: Nullable(Type.Integer()),
  /** Left-out people by reason. */
  excluded: Type.Record(Type.String(), Type.Integer()),
  outcomes: StateCounts,
  nodes: Type.Record(Type.String(), RunNode),
})
export type RunCounts = Static<typeof RunCounts>

/** Why a run stands or ended, with the figures that its text names (limit, count, last …), for who wants to show them in another way. */
export const RunReason = Type.Object({
  ...Reason.properties,
  fields: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
})
export type RunReason = Static<typeof RunReason>

/** What a person may do with a run now. `approve`: it waits for somebody's word. `resend`, `resolve`: there is somebody to do it for. */
export const RUN_ACTIONS = ['pause', 'resume', 'cancel', 'approve', 'resend', 'resolve', 'repeat'] as const
export const RunAction = Type.Enum(RUN_ACTIONS)
export type RunAction = Static<typeof RunAction>

/** What stops a run from moving at once: calls that had begun when it was stopped, and that many rows in them. Null: nothing is in flight. */
export const RunStopping = Nullable(Type.Object({ inFlight: Type.Integer() }))
export type RunStopping = Static<typeof RunStopping>

/** Why a run goes no faster, or waits. */
export const RunCause = Type.Object({
  ...Reason.properties,
  /** Until then nothing of it goes out; null: it goes on, or nobody knows. */
  until: Nullable(Type.String()),
})
export type RunCause = Static<typeof RunCause>

/** Something that did not stop the run and that a person should know: `ambiguous-answers` (several rows for one set of parameters). */
export const RunWarning = Type.Object({ ...Reason.properties, nodeId: Nullable(Type.String()), count: Type.Integer() })
export type RunWarning = Static<typeof RunWarning>

export const RunItem = Type.Object({
  id: Type.String(),
  /** The run's number within its workflow (#128). */
  number: Type.Integer(),
  workflowId: Type.String(),
  workflowName: Type.String(),
  version: Type.Union([Type.Integer(), Type.Literal('draft')]),
  /** open: takes events and single sends for a month. */
  kind: Type.Union([Type.Literal('live'), Type.Literal('test'), Type.Literal('open')]),
  trigger: Type.String(),
  state: RunState,
  reason: Nullable(RunReason),
  startedAt: Type.String(),
  sendingEndedAt: Nullable(Type.String()),
  closedAt: Nullable(Type.String()),
  /** Of this it rested between an end and being opened again by a person: no time that it took. */
  restedMs: Type.Optional(Type.Integer()),
  recipients: Nullable(Type.Integer()),
  outcomes: StateCounts,
})
export type RunItem = Static<typeof RunItem>

export const Run = Type.Object({
  ...RunItem.properties,
  ...RunCounts.properties,
  /** Messages a second over the last seconds; null before anything was sent. */
  rate: Nullable(Type.Number()),
  cause: Nullable(RunCause),
  eta: Nullable(Type.String()),
  /** After this moment the first of what is left is no longer sent; null: nothing of it can be too late. */
  expiresAt: Nullable(Type.String()),
  cost: Nullable(Type.Object({ estimate: Money, maximum: Money, actual: Money })),
  stopping: RunStopping,
  /** What a person may do now. */
  actions: Type.Array(RunAction),
  warnings: Type.Array(RunWarning),
  /** recipients = Σ outcomes and the like, checked in the database; null until it was. */
  lawHolds: Nullable(Type.Boolean()),
  /** The graph that ran. */
  document: Type.Unknown(),
  /** The steps of workflows inside it, by their ids `outer/inner`: what they are called. */
  inner: Type.Record(Type.String(), InnerStep),
  summaries: Type.Record(Type.String(), Type.Unknown()),
  /** The run that this one repeats; null: none. */
  repeats: Nullable(Type.String()),
  personalData: Type.Optional(
    Type.Object({
      /** The day from which people, texts and messages are deleted; the totals stay. */
      keptUntil: Type.String(),
      /** Erased by a person, for ever. */
      erasedAt: Nullable(Type.String()),
      /** Deleted because it was old. */
      deletedAt: Nullable(Type.String()),
    }),
  ),
})
export type Run = Static<typeof Run>
