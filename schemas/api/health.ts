import Type, { type Static } from 'typebox'
import { ConnectionHealth } from '../connection.ts'

const Part = Type.Enum(['ok', 'down', 'starting'])
const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** GET /api/health */
export const Health = Type.Object({
  status: Type.Enum(['ok', 'degraded']),
  version: Type.String(),
  startedAt: Type.String(),
  parts: Type.Object({ database: Part, worker: Part, scheduler: Part }),
})
export type Health = Static<typeof Health>

/** GET /api/health/database */
export const DatabaseHealth = Type.Object({
  state: Part,
  /** Of PostgreSQL; null while it does not answer. */
  version: Nullable(Type.String()),
  latencyMs: Nullable(Type.Number()),
  /** This server's connections to it. */
  pool: Type.Object({ open: Type.Integer(), idle: Type.Integer(), waiting: Type.Integer() }),
})
export type DatabaseHealth = Static<typeof DatabaseHealth>

/** GET /api/health/worker: all that live, on whatever machine. */
export const WorkerHealth = Type.Object({
  state: Part,
  workers: Type.Array(Type.Object({ no: Type.Integer(), host: Type.String(), startedAt: Type.String() })),
})
export type WorkerHealth = Static<typeof WorkerHealth>

/** GET /api/health/scheduler */
export const SchedulerHealth = Type.Object({
  state: Part,
  /** The next time anything starts by itself. */
  nextFireAt: Nullable(Type.String()),
  /** Schedules whose time passed some minutes ago and that nobody started. */
  overdue: Type.Integer(),
})
export type SchedulerHealth = Static<typeof SchedulerHealth>

/** GET /api/health/connections: how each fared when it was last tried. `down`: one of them failed. */
export const ConnectionsHealth = Type.Object({
  state: Part,
  items: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), kind: Type.String(), health: ConnectionHealth })),
})
export type ConnectionsHealth = Static<typeof ConnectionsHealth>
