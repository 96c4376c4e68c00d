import Type, { type Static } from 'typebox'

/** A query whose plan is asked for; its parameters stand for any value. */
export const ExplainInput = Type.Object({ sql: Type.String({ maxLength: 100_000 }) }, { additionalProperties: false })
export type ExplainInput = Static<typeof ExplainInput>
