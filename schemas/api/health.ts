import Type, { type Static } from 'typebox'

const Part = Type.Enum(['ok', 'down', 'starting'])

/** GET /api/health */
export const Health = Type.Object({
  status: Type.Enum(['ok', 'degraded']),
  version: Type.String(),
  startedAt: Type.String(),
  parts: Type.Object({ database: Part, worker: Part, scheduler: Part }),
})
export type Health = Static<typeof Health>
