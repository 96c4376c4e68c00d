import { sql, type Kysely } from 'kysely'
import type { PastMappings } from '#schemas/api/past-mappings.ts'
import type { Database } from '#server/database/schema.ts'
import { isUuid } from '#server/runs/uuid.ts'

const MOST = 1000

/**
 * Which column fills which variable in the workspace's drafts, and in the variables that were kept for reuse, the latest first. `except`: the workflow that asks, which knows its own.
 * What Alimflow brings along was mapped by nobody.
 */
export async function pastMappings(db: Kysely<Database>, workspaceId: string, except?: string): Promise<PastMappings['items']> {
  const other = except !== undefined && isUuid(except) ? sql`and w.id <> ${except}::uuid` : sql``
  const { rows } = await sql<{ variable: string; column: string }>`
    select variable, "column" from (
    select o.body ->> 'variable' as variable, o.body #>> '{entry,column}' as "column", coalesce(max(o.last_used_at), max(o.created_at)) as at
    from saved_object o
    where o.workspace_id = ${workspaceId} and o.deleted_at is null and o.kind = 'variable-mapping' and o.visibility = 'workspace'
      and coalesce(o.body #>> '{entry,column}', '') <> ''
    group by 1, 2
    union all
    select entry.key as variable, entry.value ->> 'column' as "column", max(w.updated_at) as at
    from workflow w
    cross join lateral jsonb_array_elements(w.document::jsonb -> 'nodes') as node
    cross join lateral jsonb_each(
      case when node ->> 'type' = 'mapping' and jsonb_typeof(node #> '{config,variables}') = 'object' then node #> '{config,variables}' else '{}' end
    ) as entry
    where w.workspace_id = ${workspaceId} and w.deleted_at is null and w.built_in is null ${other}
      and coalesce(entry.value ->> 'column', '') <> ''
    group by 1, 2) as known
    order by at desc, variable, "column" limit ${MOST}`.execute(db)
  return rows
}
