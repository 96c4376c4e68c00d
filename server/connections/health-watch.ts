import type { Pool } from 'pg'
import type { ConnectionHealth } from '#schemas/connection.ts'
import { AppError, type Log } from '#runtime/sdk/index.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { startLoop, type Loop } from '#server/worker/loop.ts'
import { filledFields } from './filled-fields.ts'
import { databaseKinds } from './kinds.ts'
import type { Connections } from './open.ts'
import type { ConnectionStore } from './store.ts'

/** One server of all asks; the lock goes when it dies. */
const HEALTH_LOCK = 7012
const EVERY_MS = 30_000
/** Longer than a connection may take to be made. */
const LONGEST_MS = 12_000
/** Databases that are asked at the same time. */
const AT_ONCE = 4

// In use: a workflow names it, or somebody read from it within a day.
const IN_USE = `
select c.workspace_id, c.id from connection c where c.deleted_at is null and c.kind = any($1) and (
  exists (select from workflow w where w.workspace_id = c.workspace_id and w.deleted_at is null and strpos(w.document::text, '"' || c.id || '"') > 0)
  or exists (select from connection_query q where q.workspace_id = c.workspace_id and q.connection_id = c.id and q.at > now() - interval '1 day'))
order by c.id`

export interface HealthWatchDeps {
  readonly pool: Pool
  readonly connections: Pick<Connections, 'sql'>
  readonly store: Pick<ConnectionStore, 'setHealth'>
  readonly log: Log
  /** For tests; default 30 s. */
  readonly everyMs?: number
}

/** Does it answer? The cheapest question there is. */
async function ask(deps: HealthWatchDeps, { workspaceId, id }: { workspaceId: string; id: string }): Promise<ConnectionHealth> {
  const checkedAt = new Date().toISOString()
  const tooLong = new AppError('sql-timeout', { seconds: LONGEST_MS / 1000 })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLong), LONGEST_MS)
  })
  try {
    await Promise.race([deps.connections.sql(workspaceId, id).then((database) => database.ask('select 1')), late])
    return { state: 'ok', checkedAt, error: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { state: 'failed', checkedAt, error: { code: error.code, message: error.text.en, fields: filledFields(error) } }
  } finally {
    clearTimeout(timer)
  }
}

/** Asks each database in use once, if no other server does. */
export async function checkHealth(deps: HealthWatchDeps): Promise<'done' | 'elsewhere'> {
  return withClient(deps.pool, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [HEALTH_LOCK])
    if (!rows[0]?.mine) return 'elsewhere'
    try {
      const kinds = databaseKinds.map(({ kind }) => kind)
      const found = await client.query<{ workspace_id: string; id: string }>(IN_USE, [kinds])
      const open = found.rows.map((row) => ({ workspaceId: row.workspace_id, id: row.id }))
      const lane = async (): Promise<void> => {
        for (let place = open.pop(); place; place = open.pop()) await deps.store.setHealth(place, await ask(deps, place), null)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, lane))
      return 'done'
    } finally {
      await client.query('select pg_advisory_unlock($1)', [HEALTH_LOCK])
    }
  })
}

/** Looks after databases in use, once for all who look at them. */
export function watchHealth(deps: HealthWatchDeps): Loop {
  const { everyMs = EVERY_MS, log } = deps
  return startLoop({ everyMs, log, what: 'The look at databases in use', round: async () => void (await checkHealth(deps)) })
}
