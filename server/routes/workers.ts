import type { Pool } from 'pg'
import { WorkerList, type WorkerItem } from '#schemas/api/workers.ts'
import type { App } from '#server/http.ts'
import { LIVING } from '#server/ledger/alive.ts'

/** Who works, and what each can do: a run goes to workers that have its node types. */
export function workerRoutes(app: App, { pool }: { pool: Pool }): void {
  app.get(
    '/api/workers',
    { schema: { tags: ['health'], summary: 'The worker processes', response: { 200: WorkerList } } },
    async () => ({ items: await readWorkers(pool) }),
  )
}

async function readWorkers(pool: Pool): Promise<WorkerItem[]> {
  const { rows } = await pool.query<WorkerItem>(
    `select no, host, started_at as "startedAt", seen_at as "seenAt", no = any(${LIVING}) as alive, lanes, node_types as "nodeTypes"
     from worker order by alive desc, no`,
  )
  return rows
}
