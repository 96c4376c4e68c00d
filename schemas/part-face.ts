import Type, { type Static } from 'typebox'
import { Column } from './column.ts'

const PartKind = Type.Union([Type.Literal('rows'), Type.Literal('messages')])

/** A way out of a workflow that is used inside another: the id of its step, what people call it, and what comes out there. */
export const PartExit = Type.Object(
  { id: Type.String({ maxLength: 100 }), name: Type.String({ maxLength: 200 }), kind: PartKind },
  { additionalProperties: false },
)
export type PartExit = Static<typeof PartExit>

/** A column that a workflow needs of those who come in. */
export const PartNeed = Type.Object({
  name: Type.String(),
  type: Column.properties.type,
  required: Type.Boolean(),
})
export type PartNeed = Static<typeof PartNeed>

/** What another workflow sees of one that it uses. */
export const PartFace = Type.Object({ takes: PartKind, needs: Type.Array(PartNeed), exits: Type.Array(PartExit) })
export type PartFace = Static<typeof PartFace>

/** A step of a workflow that is used inside another, as pages name and draw it. */
export const InnerStep = Type.Object({ type: Type.String(), label: Type.Optional(Type.String()) })
export type InnerStep = Static<typeof InnerStep>
