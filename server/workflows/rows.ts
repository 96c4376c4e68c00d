import type { Selectable } from 'kysely'
import type { Problem } from '#schemas/problem.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { Database } from '#server/database/schema.ts'

export type WorkflowRow = Selectable<Database['workflow']>

/** The newest published version as the API shows it. */
export function publishedOf(
  row: Pick<WorkflowRow, 'published_version' | 'published_at' | 'published_revision'>,
): Workflow['published'] {
  const { published_version: version, published_at: at, published_revision: revision } = row
  return version !== null && at !== null && revision !== null ? { version, at, revision } : null
}

/** A stored workflow with what was just found out about its draft. */
export function toWorkflow(row: WorkflowRow, now: { problems: readonly Problem[]; nextRunAt: string | null }): Workflow {
  return {
    id: row.id,
    revision: row.revision,
    // Checked against the schema before it was stored.
    document: row.document as WorkflowDocument,
    problems: [...now.problems],
    enabled: row.enabled,
    published: publishedOf(row),
    nextRunAt: now.nextRunAt,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
