import type { Selectable } from 'kysely'
import type { Connection, ConnectionHealth } from '#schemas/connection.ts'
import type { Registry } from '#runtime/registry.ts'
import type { Database } from '#server/database/schema.ts'

export type ConnectionRow = Selectable<Database['connection']>

type Kinds = Pick<Registry, 'connectionKinds'>

/** Role and channels of a kind; an unknown kind (a plugin that is gone) can do nothing. */
export function abilities(kinds: Kinds, kind: string): { role: 'database' | 'provider'; channels: string[] } {
  const found = kinds.connectionKinds().find((one) => one.kind === kind)
  return { role: found?.role ?? 'provider', channels: found?.channels ?? [] }
}

/** A stored connection as it may be shown: without its secrets. */
export function toConnection(row: ConnectionRow, kinds: Kinds): Connection {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    ...abilities(kinds, row.kind),
    builtIn: row.built_in,
    // Both were checked by ajv, or made here, before they were stored.
    settings: row.settings as Record<string, unknown>,
    secretsSet: row.secrets_set,
    health: row.health as unknown as ConnectionHealth,
    dialect: row.dialect,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
