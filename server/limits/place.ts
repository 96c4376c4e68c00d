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

/**
 * The connection was changed: what was known of its health no longer counts, nor the rest that its provider asked for. It was asked for
 * under other settings, and saving is how a person says "try it now"; a provider that still wants its rest says so once more.
 */
export async function forgetHealth({
  pool,
  workspaceId,
  connectionId,
}: Omit<LimitPlace, 'pool'> & { pool: Pick<Pool, 'query'> }): Promise<void> {
  await pool.query(
    `update connection_limit set opens = 0, score = 0, open_until = null, probe_until = null, pace = 1, holds = 0, held_until = '-infinity', limited_until = now()
     where workspace_id = $1 and connection_id = $2`,
    [workspaceId, connectionId],
  )
}
