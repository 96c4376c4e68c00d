import Type, { type Static } from 'typebox'
import { ErrorBody } from './error-body.ts'
import { MessageItem, Money } from './message.ts'
import { RunAction, RunCause, RunItem, RunNode, RunReason, RunStopping, RunWarning } from './run.ts'
import { RunState, StateCounts } from './states.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** From the editor to the server. */
export const ClientFrame = Type.Union(
  [
    Type.Object({ type: Type.Enum(['subscribe', 'unsubscribe']), runId: Type.String() }, { additionalProperties: false }),
    Type.Object(
      { type: Type.Enum(['subscribe', 'unsubscribe']), topic: Type.Enum(['runs', 'node-types']) },
      { additionalProperties: false },
    ),
    Type.Object({ type: Type.Enum(['subscribe', 'unsubscribe']), workflowId: Type.String() }, { additionalProperties: false }),
    Type.Object({ type: Type.Enum(['ping', 'pong']) }, { additionalProperties: false }),
  ],
  { $id: '/schemas/client-frame.json', title: 'WebSocket frame from the client' },
)
export type ClientFrame = Static<typeof ClientFrame>

/** A complete snapshot of a run: a client that reconnects needs no history, and ignores a version older than the one it has. */
export const RunFrame = Type.Object(
  {
    type: Type.Literal('run'),
    runId: Type.String(),
    version: Type.Integer(),
    state: RunState,
    reason: Nullable(RunReason),
    stopping: RunStopping,
    actions: Type.Array(RunAction),
    warnings: Type.Array(RunWarning),
    recipients: Nullable(Type.Integer()),
    toSend: Nullable(Type.Integer()),
    excluded: Type.Record(Type.String(), Type.Integer()),
    nodes: Type.Record(Type.String(), RunNode),
    outcomes: StateCounts,
    rate: Nullable(Type.Number()),
    /** What limits the speed, in words. */
    cause: Nullable(RunCause),
    eta: Nullable(Type.String()),
    /** After this moment the first of what is left is no longer sent. */
    expiresAt: Nullable(Type.String()),
    cost: Nullable(Type.Object({ estimate: Money, maximum: Money, actual: Money })),
    /** At most 120 points: messages sent in the interval that ends at `t`. */
    series: Type.Array(Type.Object({ t: Type.String(), sent: Type.Integer() }), { maxItems: 120 }),
    /** The last people something was sent to. */
    recent: Type.Array(MessageItem, { maxItems: 5 }),
    lawHolds: Nullable(Type.Boolean()),
  },
  { $id: '/schemas/run-frame.json', title: 'Live state of a run' },
)
export type RunFrame = Static<typeof RunFrame>

/** Who else has a workflow open, and the newest revision of its draft; told whenever one of both changes. */
export const WorkflowFrame = Type.Object({
  type: Type.Literal('workflow'),
  workflowId: Type.String(),
  revision: Type.Integer(),
  /** One entry a window; `name` is null for other windows of the same person. */
  others: Type.Array(Type.Object({ name: Nullable(Type.String()) })),
})
export type WorkflowFrame = Static<typeof WorkflowFrame>

/** From the server to the editor. */
export const ServerFrame = Type.Union(
  [
    RunFrame,
    WorkflowFrame,
    Type.Object({ type: Type.Literal('runs'), items: Type.Array(RunItem) }),
    /** Told at once, and whenever node files changed: another version means that GET /api/node-types has something new. */
    Type.Object({ type: Type.Literal('node-types'), version: Type.String() }),
    Type.Object({ type: Type.Enum(['ping', 'pong']) }),
    Type.Object({ type: Type.Literal('error'), error: ErrorBody.properties.error }),
  ],
  { $id: '/schemas/server-frame.json', title: 'WebSocket frame from the server' },
)
export type ServerFrame = Static<typeof ServerFrame>
