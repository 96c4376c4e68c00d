import type { Pool } from 'pg'
import type { ConnectionQuery, ConnectionQueryPage } from '#schemas/api/connection-queries.ts'
import type { Language } from '#schemas/localized.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Registry } from '#runtime/registry.ts'

interface Wanted {
  readonly workspaceId: string
  readonly id: string
  readonly show?: 'slow' | 'failed' | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

interface Row {
  readonly id: string
  readonly at: string
  readonly purpose: ConnectionQuery['purpose']
  readonly workflow_id: string | null
  readonly workflow_name: string | null
  readonly run_id: string | null
  readonly node_id: string | null
  readonly node: { readonly label?: string; readonly type: string } | null
  readonly statement: string
  readonly status: string
  readonly times: number
  readonly total_ms: number
  readonly longest_ms: number
  readonly rows: string
  readonly slow: boolean
}

// A step inside a workflow that is used inside has an id `outer/inner`: the outer one is a step of this workflow.
const TEXT = `
select q.id, q.at, q.purpose, w.id as workflow_id, w.name as workflow_name, q.run_id, q.node_id, n.node, q.statement, q.status, q.times, q.total_ms, q.longest_ms, q.rows, q.slow
from connection_query q
left join workflow w on w.id = q.workflow_id and w.workspace_id = q.workspace_id and w.deleted_at is null
left join lateral (select node from json_array_elements(w.document -> 'nodes') node where node ->> 'id' = split_part(q.node_id, '/', 1) limit 1) n on true
where q.workspace_id = $1 and q.connection_id = $2 and ($3::bigint is null or q.id < $3)
  and ($4::text is null or ($4 = 'slow' and q.slow) or ($4 = 'failed' and q.status not in ('ok', 'stopped')))
order by q.id desc limit $5`

type Nodes = WorkflowDocument['nodes'][number]

/** What was asked of a connection, newest first. */
export async function readQueries(
  { pool, registry, language }: { pool: Pick<Pool, 'query'>; registry: Pick<Registry, 'node'>; language: Language },
  { workspaceId, id, show, limit, cursor }: Wanted,
): Promise<ConnectionQueryPage> {
  const values = [workspaceId, id, cursor !== undefined && /^\d{1,18}$/.test(cursor) ? cursor : null, show ?? null, limit + 1]
  const { rows } = await pool.query<Row>(TEXT, values)
  const step = (node: Pick<Nodes, 'type' | 'label'> | null): string | null =>
    node === null ? null : node.label?.trim() || (registry.node(node.type)?.type.title[language] ?? node.type)
  const items = rows.slice(0, limit).map((row): ConnectionQuery => {
    const failed = row.status !== 'ok' && row.status !== 'stopped'
    return {
      id: row.id,
      at: row.at,
      purpose: row.purpose,
      workflow: row.workflow_id === null ? null : { id: row.workflow_id, name: row.workflow_name ?? '' },
      runId: row.run_id,
      step: step(row.node) ?? row.node_id,
      statement: row.statement,
      state: failed ? 'failed' : row.status === 'ok' ? 'ok' : 'stopped',
      code: failed ? row.status : null,
      times: row.times,
      longestMs: row.longest_ms,
      totalMs: row.total_ms,
      rows: Number(row.rows),
      slow: row.slow,
    }
  })
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
