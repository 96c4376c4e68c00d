import type { Kysely } from 'kysely'
import type { Localized } from '#schemas/localized.ts'
import type { Pinned } from '#schemas/pinned.ts'
import type { WorkflowVersion, WorkflowVersionDetail, WorkflowVersionPage } from '#schemas/api/workflows.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { Database } from '#server/database/schema.ts'
import { cursorNumbers } from '#server/paging.ts'
import type { WorkflowRow } from './rows.ts'

interface VersionRow {
  version: number | null
  revision: number
  created_at: string
  created_by: string
}

function shown(row: VersionRow, workflow: Pick<WorkflowRow, 'published_version'>): WorkflowVersion {
  return {
    // Frozen drafts, which have no number, are left out by the questions below.
    version: row.version ?? 0,
    revision: row.revision,
    publishedAt: row.created_at,
    publishedBy: row.created_by,
    current: row.version === workflow.published_version,
  }
}

/** Published versions, newest first. `cursor`: number of the last one. @throws AppError `invalid-request` */
export async function listVersions(
  db: Kysely<Database>,
  workflow: WorkflowRow,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<WorkflowVersionPage> {
  const before = cursorNumbers(cursor, 1)?.[0]
  const rows = await db
    .selectFrom('workflow_version')
    .select(['version', 'revision', 'created_at', 'created_by'])
    .where('workspace_id', '=', workflow.workspace_id)
    .where('workflow_id', '=', workflow.id)
    .where('version', 'is not', null)
    .$if(before !== undefined, (query) => query.where('version', '<', before ?? 0))
    .orderBy('version', 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map((row) => shown(row, workflow))
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? String(last.version) : null }
}

/** One published version with its frozen document. @throws AppError `not-found` */
export async function readVersion(db: Kysely<Database>, workflow: WorkflowRow, version: number): Promise<WorkflowVersionDetail> {
  const row = await db
    .selectFrom('workflow_version')
    .selectAll()
    .where('workspace_id', '=', workflow.workspace_id)
    .where('workflow_id', '=', workflow.id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw new AppError('not-found', { what: 'version' })
  // Both were written by freezeVersion.
  const { document } = row.pinned as Pinned
  return { ...shown(row, workflow), document, summaries: row.summaries as Record<string, Localized> }
}
