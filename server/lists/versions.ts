import type { Pool } from 'pg'
import type { WorkflowDocument } from '#schemas/workflow.ts'

const text = `
select coalesce(json_object_agg(id, version order by id), '{}') as versions from stored_list
where workspace_id = $1 and deleted_at is null and id::text = any($2)`

/** The versions, as they stand, of the stored lists that a document names. */
export async function listVersions(
  pool: Pool,
  workspaceId: string,
  { nodes }: Pick<WorkflowDocument, 'nodes'>,
): Promise<Readonly<Record<string, number>>> {
  const ids = nodes.flatMap(({ config }) => (typeof config['list'] === 'string' ? [config['list']] : []))
  if (ids.length === 0) return {}
  const { rows } = await pool.query<{ versions: Record<string, number> }>(text, [workspaceId, ids])
  return rows[0]?.versions ?? {}
}
