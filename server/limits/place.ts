import type { Pool } from 'pg'

/** Whose limits. */
export interface LimitPlace {
  readonly pool: Pool
  readonly workspaceId: string
  readonly connectionId: string
}

/** Makes the row that all workers share, where it is missing. */
export async function ensureLimitRow({ pool, workspaceId, connectionId }: LimitPlace): Promise<void> {
  await pool.query(
    'insert into connection_limit (workspace_id, connection_id) values ($1, $2) on conflict (workspace_id, connection_id) do nothing',
    [workspaceId, connectionId],
  )
}
