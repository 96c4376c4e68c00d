import type { Kysely, Transaction } from 'kysely'
import type { Pinned } from '#schemas/pinned.ts'
import type { Registry } from '#runtime/registry.ts'
import type { Database } from '#server/database/schema.ts'
import { uuidV7 } from '#server/runs/uuid.ts'
import { nextFire } from './calendar.ts'

export interface ScheduleChange {
  readonly workspaceId: string
  readonly workflowId: string
  readonly enabled: boolean
  /** The published version; null: there is none. */
  readonly versionId: string | null
  readonly pinned: Pinned | null
  readonly registry: Pick<Registry, 'node'>
  readonly now: Date
}

/** Keeps the row of a workflow's schedule as its published version and switch say: no row, no fire. */
export async function syncSchedule(trx: Kysely<Database> | Transaction<Database>, change: ScheduleChange): Promise<void> {
  await trx
    .deleteFrom('schedule')
    .where('workspace_id', '=', change.workspaceId)
    .where('workflow_id', '=', change.workflowId)
    .execute()
  const { pinned, versionId } = change
  if (!change.enabled || !pinned || versionId === null) return
  for (const node of pinned.document.nodes) {
    const found = change.registry.node(node.type)
    const schedule = found?.type.schedule?.(found.load(node.config, node.typeVersion).config)
    if (!schedule) continue
    const timezone = schedule.timezone ?? pinned.timezone
    await trx
      .insertInto('schedule')
      .values({
        id: uuidV7(),
        workspace_id: change.workspaceId,
        workflow_id: change.workflowId,
        version_id: versionId,
        node_id: node.id,
        cron: schedule.cron,
        timezone,
        next_fire_at: nextFire({ cron: schedule.cron, timezone }, change.now),
      })
      .execute()
    return
  }
}
