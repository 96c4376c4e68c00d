import type { PoolClient } from 'pg'
import { runStateNumber } from '#runtime/states/run-states.ts'
import type { Findings } from '../trouble.ts'

const SENDS = (['waiting', 'sending'] as const).map(runStateNumber)

// The breaker of a connection is open from the first time until a call is answered again (server/limits/report-health.ts). It is told when
// a run that is no test meets it, and stays told until then: whoever tries something sees for themselves that it does not work.
const text = `
select c.workspace_id, c.id, c.name from connection_limit l join connection c on c.workspace_id = l.workspace_id and c.id = l.connection_id
where l.opens > 0 and c.deleted_at is null and (
  exists (select 1 from notice n where n.workspace_id = c.workspace_id and n.kind = 'connection' and n.subject = 'connection:' || c.id and n.state <> 'resolved')
  or exists (select 1 from workflow_run r where r.workspace_id = c.workspace_id and r.state = any($1) and r.kind <> 1
    and r.pinned -> 'connections' -> c.id is not null))`

/** Connections over which nothing is sent for the time being, because their provider does not answer. */
export async function brokenConnections(client: Pick<PoolClient, 'query'>): Promise<Findings> {
  const { rows } = await client.query<{ workspace_id: string; id: string; name: string }>(text, [SENDS])
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
