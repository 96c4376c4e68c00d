import Type, { type Static } from 'typebox'

/** What people have mapped in other workflows: a variable and the column that fills it, the latest first. */
export const PastMappings = Type.Object({
  items: Type.Array(Type.Object({ variable: Type.String(), column: Type.String() })),
})
export type PastMappings = Static<typeof PastMappings>
