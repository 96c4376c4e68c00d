import { hostname } from 'node:os'
import pg from 'pg'
import type { Health } from '#schemas/api/health.ts'
import { LIVING } from '#server/ledger/alive.ts'

const PATIENCE_MS = 4_000

/** Does the server of this machine answer, and its database? Whether workers do is another container's matter. */
export async function serverIsHealthy(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(PATIENCE_MS) })
    // Our own server's own shape.
    return answer.ok && ((await answer.json()) as Health).parts.database === 'ok'
  } catch {
    return false
  }
}

/** Does a worker of this machine (a container has a name of its own) hold its place in the database? */
export async function workerIsHealthy(databaseUrl: string, host = hostname()): Promise<boolean> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rowCount } = await client.query(`select 1 from worker where host = $1 and no = any(${LIVING}) limit 1`, [host])
    return rowCount === 1
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
