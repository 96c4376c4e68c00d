import Type, { type Static } from 'typebox'
import { TextPosition } from './problem.ts'

export const FieldError = Type.Object({
  path: Type.String(),
  code: Type.String(),
  message: Type.String(),
  position: Type.Optional(TextPosition),
})
export type FieldError = Static<typeof FieldError>

/** The one form of an error, for any status from 400 on. */
export const ErrorBody = Type.Object(
  {
    error: Type.Object({
      code: Type.String(),
      message: Type.String(),
      fields: Type.Array(FieldError),
      hint: Type.Optional(Type.String()),
      requestId: Type.String(),
      /** `stale-revision`: the state that is newer than yours. */
      current: Type.Optional(Type.Unknown()),
      /** `has-problems`: what stands in the way. */
      problems: Type.Optional(Type.Array(Type.Unknown())),
    }),
  },
  { $id: '/schemas/error.json', title: 'Alimflow error' },
)
export type ErrorBody = Static<typeof ErrorBody>
