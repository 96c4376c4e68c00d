import Type, { type Static } from 'typebox'
import { Guards } from './guards.ts'

/** The only version of the document's form so far. A later one is upgraded on load. */
export const SCHEMA_VERSION = 1

const Id = Type.String({ minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$' })

export const WorkflowNode = Type.Object(
  {
    id: Id,
    type: Type.String({ minLength: 1, maxLength: 100 }),
    typeVersion: Type.Integer({ minimum: 1 }),
    label: Type.Optional(Type.String({ maxLength: 200 })),
    position: Type.Object({ x: Type.Number(), y: Type.Number() }, { additionalProperties: false }),
    config: Type.Record(Type.String(), Type.Unknown()),
  },
  { additionalProperties: false },
)
export type WorkflowNode = Static<typeof WorkflowNode>

export const WorkflowEdge = Type.Object(
  { id: Id, source: Id, sourcePort: Type.String({ minLength: 1 }), target: Id, targetPort: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
)
export type WorkflowEdge = Static<typeof WorkflowEdge>

export const WorkflowSettings = Type.Object(
  {
    /** IANA zone in which wall times are meant: schedules, formats of instants. */
    timezone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** What is judged before the first message; what is not there comes from the workspace. */
    guards: Type.Optional(Guards),
  },
  { additionalProperties: false },
)

/** A saved graph, plain JSON: ids, never names, as keys. */
export const WorkflowDocument = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    schemaVersion: Type.Literal(SCHEMA_VERSION),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    nodes: Type.Array(WorkflowNode, { maxItems: 2000 }),
    edges: Type.Array(WorkflowEdge, { maxItems: 10_000 }),
    settings: Type.Optional(WorkflowSettings),
  },
  { additionalProperties: false, $id: '/schemas/workflow.json', title: 'Alimflow workflow' },
)
export type WorkflowDocument = Static<typeof WorkflowDocument>
