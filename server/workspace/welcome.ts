import type { Kysely } from 'kysely'
import type { Database } from '#server/database/schema.ts'

/** The workflow that whoever comes first is shown; null: somebody went past it, it was deleted, or there never was one. */
export async function readWelcome(db: Kysely<Database>, workspaceId: string): Promise<string | null> {
  const found = await db
    .selectFrom('workspace')
    .innerJoin('workflow', 'workflow.id', 'workspace.welcome_workflow_id')
    .select('workflow.id')
    .where('workspace.id', '=', workspaceId)
    .where('workflow.workspace_id', '=', workspaceId)
    .where('workflow.deleted_at', 'is', null)
    .executeTakeFirst()
  return found?.id ?? null
}

export async function setWelcome(db: Kysely<Database>, workspaceId: string, workflowId: string): Promise<void> {
  await db.updateTable('workspace').set({ welcome_workflow_id: workflowId }).where('id', '=', workspaceId).execute()
}
