import type { Pool, PoolClient } from 'pg'
import { runStateNumber } from '#runtime/states/run-states.ts'

export interface ListUser {
  readonly id: string
  readonly name: string
}

// A draft, what is published, and a run that has yet to read its audience.
const users = `
with named as (
  select w.id, w.name, n -> 'config' ->> 'list' as list from workflow w, json_array_elements(w.document -> 'nodes') n
  where w.workspace_id = $1 and w.deleted_at is null
  union
  select w.id, w.name, n -> 'config' ->> 'list' from workflow w
  join workflow_version v on v.workflow_id = w.id and v.version = w.published_version,
  json_array_elements(v.pinned -> 'document' -> 'nodes') n
  where w.workspace_id = $1 and w.deleted_at is null
  union
  select w.id, w.name, l.list from workflow_run r join workflow w on w.id = r.workflow_id, json_object_keys(r.lists) l(list)
  where r.workspace_id = $1 and r.state = any($2) and r.lists is not null)
select list, json_agg(json_build_object('id', id, 'name', name) order by name) as users from named where list is not null group by 1`

const UNREAD = (['queued', 'preparing'] as const).map(runStateNumber)

/** Workflows by the list that they read. */
export async function listUsers(client: Pool | PoolClient, workspaceId: string): Promise<Map<string, ListUser[]>> {
  const { rows } = await client.query<{ list: string; users: ListUser[] }>(users, [workspaceId, UNREAD])
  return new Map(rows.map(({ list, users: named }) => [list, named]))
}
