import Type, { type Static } from 'typebox'
import { Guards } from './guards.ts'
import { MARK_COLORS } from './mark-colors.ts'

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

const MarkColor = Type.Enum(MARK_COLORS)
export type MarkColor = Static<typeof MarkColor>

/** A text on the canvas, for people: nothing of it is run. Sizes in pixels at 100 %. */
export const WorkflowNote = Type.Object(
  {
    id: Id,
    text: Type.String({ maxLength: 4000 }),
    color: Type.Optional(MarkColor),
    position: Type.Object({ x: Type.Number(), y: Type.Number() }, { additionalProperties: false }),
    size: Type.Object(
      { width: Type.Number({ minimum: 80, maximum: 2000 }), height: Type.Number({ minimum: 40, maximum: 2000 }) },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)
export type WorkflowNote = Static<typeof WorkflowNote>

/** A frame with a title around steps, for people: nothing of it is run. The frame is as large as its steps need. */
export const WorkflowGroup = Type.Object(
  {
    id: Id,
    title: Type.String({ maxLength: 200 }),
    color: Type.Optional(MarkColor),
    /** It is drawn as one card in place of its steps; an open one has no such key. */
    folded: Type.Optional(Type.Literal(true)),
    /** Ids of its steps; a step is in one group at most. */
    steps: Type.Array(Id, { maxItems: 2000 }),
  },
  { additionalProperties: false },
)
export type WorkflowGroup = Static<typeof WorkflowGroup>

/** A saved graph, plain JSON: ids, never names, as keys. */
export const WorkflowDocument = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    schemaVersion: Type.Literal(SCHEMA_VERSION),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    nodes: Type.Array(WorkflowNode, { maxItems: 2000 }),
    edges: Type.Array(WorkflowEdge, { maxItems: 10_000 }),
    groups: Type.Optional(Type.Array(WorkflowGroup, { maxItems: 500 })),
    notes: Type.Optional(Type.Array(WorkflowNote, { maxItems: 500 })),
    settings: Type.Optional(WorkflowSettings),
  },
  { additionalProperties: false, $id: '/schemas/workflow.json', title: 'Alimflow workflow' },
)
export type WorkflowDocument = Static<typeof WorkflowDocument>
