import Type, { type Static } from 'typebox'

/** One worker process, on whatever machine. */
export const WorkerItem = Type.Object({
  no: Type.Integer(),
  host: Type.String(),
  startedAt: Type.String(),
  /** Its last sign of life. */
  seenAt: Type.String(),
  /** It holds its lock: others leave its chunks alone. */
  alive: Type.Boolean(),
  /** Lanes of bulk runs at once. */
  lanes: Type.Integer(),
  /** What it can do: `filter@2`, for a plugin `postcard@1#<hash of the file>`. */
  nodeTypes: Type.Array(Type.String()),
})
export type WorkerItem = Static<typeof WorkerItem>

/** GET /api/workers: those that live first. */
export const WorkerList = Type.Object({ items: Type.Array(WorkerItem) })
export type WorkerList = Static<typeof WorkerList>
