import type { PoolClient } from 'pg'
import type { Findings } from '../trouble.ts'

// The breaker of a connection is open from the first time until a call is answered again (server/limits/report-health.ts).
const text = `
select c.workspace_id, c.id, c.name from connection_limit l join connection c on c.workspace_id = l.workspace_id and c.id = l.connection_id
where l.opens > 0 and c.deleted_at is null`

/** Connections over which nothing is sent for the time being, because their provider does not answer. */
export async function brokenConnections(client: Pick<PoolClient, 'query'>): Promise<Findings> {
  const { rows } = await client.query<{ workspace_id: string; id: string; name: string }>(text)
  const troubles = rows.map(({ workspace_id, id, name }) => ({
    workspaceId: workspace_id,
    kind: 'connection' as const,
    subject: `connection:${id}`,
    runId: null,
    workflowId: null,
    connectionId: id,
    code: 'connection-broken' as const,
    fields: { connection: name },
    mark: 0,
  }))
  return { lasting: [{ kind: 'connection', codes: ['connection-broken'], troubles }], happened: [], ended: [] }
}
