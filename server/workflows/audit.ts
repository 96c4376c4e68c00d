import type { Kysely } from 'kysely'
import type { Database } from '#server/database/schema.ts'

/** Writes down who did something to a workflow, in the transaction that does it. Ids and numbers only. */
export async function noteWorkflow(
  trx: Kysely<Database>,
  place: { readonly workspaceId: string; readonly id: string },
  { action, actor, data = {} }: { action: 'publish' | 'enable' | 'disable' | 'delete'; actor: string; data?: object },
): Promise<void> {
  await trx
    .insertInto('audit_event')
    .values({
      workspace_id: place.workspaceId,
      actor,
      action: `workflow.${action}`,
      target_kind: 'workflow',
      target_id: place.id,
      data: JSON.stringify(data),
    })
    .execute()
}
