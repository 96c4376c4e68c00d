import Type, { type Static } from 'typebox'
import { Localized } from './localized.ts'

/** What became of a part of a three-step workflow. `warning`: a person has to look at it; `lost`: it could not be carried over. */
export const ImportNote = Type.Object({
  kind: Type.Enum(['made', 'warning', 'lost']),
  /** The step that it is about, where there is one. */
  nodeId: Type.Optional(Type.String()),
  message: Localized,
})
export type ImportNote = Static<typeof ImportNote>
