import { sql, type Kysely, type Transaction } from 'kysely'
import { PART_INPUT, SUB_WORKFLOW } from '#schemas/sub-workflow.ts'
import type { Pinned } from '#schemas/pinned.ts'
import type { InnerSource, InnerWorkflow } from '#runtime/inner/inner-workflows.ts'
import type { Database } from '#server/database/schema.ts'
import { isUuid } from '#server/runs/uuid.ts'

type Db = Kysely<Database> | Transaction<Database>

/** The published versions of a workspace's workflows, for those that use them inside. */
export function publishedParts(db: Db, workspaceId: string): InnerSource {
  return {
    async read({ workflow, version }): Promise<InnerWorkflow | null> {
      if (!isUuid(workflow)) return null
      const rows = await db
        .selectFrom('workflow as w')
        .innerJoin('workflow_version as v', 'v.workflow_id', 'w.id')
        .select(['w.name', 'w.published_version', 'v.version', 'v.pinned'])
        .where('w.workspace_id', '=', workspaceId)
        .where('v.workspace_id', '=', workspaceId)
        .where('w.id', '=', workflow)
        .where('w.deleted_at', 'is', null)
        .where((eb) => eb.or([eb('v.version', '=', version), eb('v.version', '=', eb.ref('w.published_version'))]))
        .execute()
      const wanted = rows.find((row) => row.version === version)
      if (!wanted) return null
      const newest = rows.find((row) => row.version === row.published_version && (row.version ?? 0) > version)
      // Both were written by freezeVersion, which numbers published versions.
      const documentOf = ({ pinned }: { pinned: unknown }) => (pinned as Pinned).document
      return {
        name: wanted.name,
        document: documentOf(wanted),
        newest: newest ? { version: newest.version ?? version, document: documentOf(newest) } : null,
      }
    },
  }
}

/** Published workflows that begin where people come in from another one, by name. */
export async function listParts(
  db: Db,
  workspaceId: string,
): Promise<{ id: string; name: string; version: number; document: Pinned['document'] }[]> {
  const rows = await db
    .selectFrom('workflow as w')
    .innerJoin('workflow_version as v', (join) =>
      join.onRef('v.workflow_id', '=', 'w.id').onRef('v.version', '=', 'w.published_version'),
    )
    .select(['w.id', 'w.name', 'v.version', 'v.pinned'])
    .where('w.workspace_id', '=', workspaceId)
    .where('v.workspace_id', '=', workspaceId)
    .where('w.deleted_at', 'is', null)
    .where(
      sql<boolean>`exists (select 1 from json_array_elements(v.pinned -> 'document' -> 'nodes') n where n ->> 'type' = ${PART_INPUT})`,
    )
    .orderBy('w.name')
    .execute()
  return rows.flatMap(({ id, name, version, pinned }) =>
    version === null ? [] : [{ id, name, version, document: (pinned as Pinned).document }],
  )
}

/** Workflows whose draft or published version uses this one, by name. */
export async function partUsers(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<{ id: string; name: string }[]> {
  const uses = (document: ReturnType<typeof sql>) =>
    sql<boolean>`exists (select 1 from json_array_elements(${document} -> 'nodes') n
      where n ->> 'type' = ${SUB_WORKFLOW} and n -> 'config' ->> 'workflow' = ${id})`
  return db
    .selectFrom('workflow as w')
    .leftJoin('workflow_version as v', (join) =>
      join.onRef('v.workflow_id', '=', 'w.id').onRef('v.version', '=', 'w.published_version'),
    )
    .select(['w.id', 'w.name'])
    .where('w.workspace_id', '=', workspaceId)
    .where('w.deleted_at', 'is', null)
    .where('w.id', '!=', id)
    .where((eb) => eb.or([uses(sql`w.document`), uses(sql`(v.pinned -> 'document')`)]))
    .orderBy('w.name')
    .execute()
}
