import type { Kysely } from 'kysely'
import type { Database } from '#server/database/schema.ts'

export interface ConnectionUser {
  readonly id: string
  readonly name: string
}

/** Connections that a config somewhere in this document names. */
export function namedIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'connection' && typeof inner === 'string') found.add(inner)
    else namedIn(inner, found)
  }
  return found
}

/** Workflows by the connection that their draft or published version names, by name. */
export async function connectionUsers(db: Kysely<Database>, workspaceId: string): Promise<Map<string, ConnectionUser[]>> {
  const rows = await db
    .selectFrom('workflow')
    .leftJoin('workflow_version', (join) =>
      join
        .onRef('workflow_version.workflow_id', '=', 'workflow.id')
        .onRef('workflow_version.version', '=', 'workflow.published_version'),
    )
    .select(['workflow.id', 'workflow.name', 'workflow.document', 'workflow_version.pinned'])
    .where('workflow.workspace_id', '=', workspaceId)
    .where('workflow.deleted_at', 'is', null)
    .orderBy('workflow.name')
    .execute()
  const users = new Map<string, ConnectionUser[]>()
  for (const { id, name, document, pinned } of rows) {
    for (const connection of namedIn(pinned, namedIn(document))) {
      users.set(connection, [...(users.get(connection) ?? []), { id, name }])
    }
  }
  return users
}
