import Type, { type Static } from 'typebox'
import { Localized } from './localized.ts'

/** A change of the graph that mends a problem: merge `config` into the node's config (null removes a key), or connect two ports. */
export const Fix = Type.Object(
  {
    title: Localized,
    nodeId: Type.Optional(Type.String()),
    config: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    connect: Type.Optional(
      Type.Object({ source: Type.String(), sourcePort: Type.String(), target: Type.String(), targetPort: Type.String() }),
    ),
    removeEdgeId: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type Fix = Static<typeof Fix>

/** A place in a text: lines and columns count from 1, in characters. */
export const TextPosition = Type.Object({ line: Type.Integer(), column: Type.Integer() }, { additionalProperties: false })
export type TextPosition = Static<typeof TextPosition>

export const Severity = Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('info')])

/** Something wrong with a graph, found before the run. */
export const Problem = Type.Object(
  {
    nodeId: Type.Optional(Type.String()),
    edgeId: Type.Optional(Type.String()),
    /** Path inside the node's config (`sql`, `variables/이름/column`), or inside the document if there is no node. */
    field: Type.Optional(Type.String()),
    code: Type.String(),
    severity: Severity,
    message: Localized,
    position: Type.Optional(TextPosition),
    fix: Type.Optional(Fix),
  },
  { additionalProperties: false },
)
export type Problem = Static<typeof Problem>
