import Type, { type Static } from 'typebox'

/** GET /api/connections/:id/results: what the server that answers keeps of it in memory, to show it again in previews. */
export const KeptResults = Type.Object({
  /** How old a result may become, in minutes; 0: nothing is kept. */
  keepMinutes: Type.Integer(),
  entries: Type.Integer(),
  /** Roughly, as they lie in memory. */
  bytes: Type.Integer(),
  /** When the oldest was asked; null: there is none. */
  oldest: Type.Union([Type.String(), Type.Null()]),
})
export type KeptResults = Static<typeof KeptResults>
