import Type, { type Static } from 'typebox'
import { PartFace } from '../part-face.ts'

/** A published workflow that others can use inside, as a step of them. */
export const Part = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** The newest published version. */
  version: Type.Integer(),
  face: PartFace,
})
export type Part = Static<typeof Part>

export const Parts = Type.Object({ items: Type.Array(Part) })
export type Parts = Static<typeof Parts>
