import type { Kysely, Transaction } from 'kysely'
import type { Pinned } from '#schemas/pinned.ts'
import type { OverlapPolicy } from '#schemas/schedule-policies.ts'
import type { Registry } from '#runtime/registry.ts'
import type { Database } from '#server/database/schema.ts'
import { uuidV7 } from '#server/runs/uuid.ts'
import { nextFire, type Recurrence } from './calendar.ts'
import { SKIPPED_ACTION } from './passed.ts'

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

/**
 * Keeps the row of a workflow's schedule as its published version and switch say: no row, no fire. A recurrence that stays the same keeps its
 * next time: whoever publishes in the second in which it is due loses nothing.
 */
export async function syncSchedule(trx: Kysely<Database> | Transaction<Database>, change: ScheduleChange): Promise<void> {
  const { workspaceId, workflowId, versionId } = change
  const wanted = versionId === null ? null : scheduleOf(change)
  const known = await trx
    .selectFrom('schedule')
    .select(['id', 'cron', 'timezone', 'next_fire_at', 'held_since'])
    .where('workspace_id', '=', workspaceId)
    .where('workflow_id', '=', workflowId)
    .forUpdate()
    .executeTakeFirst()
  const same = known?.cron === wanted?.cron && known?.timezone === wanted?.timezone
  if (known?.held_since && !same) await noteGivenUp(trx, change, known)
  if (!wanted || versionId === null) {
    await trx.deleteFrom('schedule').where('workspace_id', '=', workspaceId).where('workflow_id', '=', workflowId).execute()
    return
  }
  const { nodeId, cron, timezone, missed, overlap } = wanted
  const set = {
    version_id: versionId,
    node_id: nodeId,
    cron,
    timezone,
    missed_policy: missed.policy,
    missed_hours: missed.policy === 'within' ? missed.hours : null,
    overlap_policy: overlap,
    ...(!same && { next_fire_at: nextFire({ cron, timezone }, change.now), held_since: null, held_until: null }),
  }
  if (known) {
    await trx.updateTable('schedule').set(set).where('workspace_id', '=', workspaceId).where('id', '=', known.id).execute()
    return
  }
  await trx
    .insertInto('schedule')
    .values({ ...set, id: uuidV7(), workspace_id: workspaceId, workflow_id: workflowId })
    .execute()
}

/** A time that waits for the run before is given up with the recurrence that it is of: that must not happen in silence. */
async function noteGivenUp(
  trx: Kysely<Database> | Transaction<Database>,
  { workspaceId, workflowId, now }: ScheduleChange,
  known: { readonly id: string; readonly next_fire_at: string | null },
): Promise<void> {
  if (known.next_fire_at === null) return
  const data = { scheduleId: known.id, fireAt: new Date(known.next_fire_at).toISOString(), why: 'running' }
  await trx
    .insertInto('audit_event')
    .values({
      workspace_id: workspaceId,
      actor: 'system',
      at: now,
      action: SKIPPED_ACTION,
      target_kind: 'workflow',
      target_id: workflowId,
      data: JSON.stringify(data),
    })
    .execute()
}

interface Wanted extends Recurrence {
  readonly nodeId: string
  readonly missed: { readonly policy: 'ask' | 'skip' } | { readonly policy: 'within'; readonly hours: number }
  readonly overlap: OverlapPolicy
}

/** What the published version says of its own time; null: it does not start by the clock, or is off. */
function scheduleOf({ enabled, pinned, registry }: ScheduleChange): Wanted | null {
  if (!enabled || !pinned) return null
  for (const node of pinned.document.nodes) {
    const found = registry.node(node.type)
    const schedule = found?.type.schedule?.(found.load(node.config, node.typeVersion).config)
    if (!schedule) continue
    const { cron, timezone, missed = { policy: 'ask' }, overlap = 'wait' } = schedule
    return { nodeId: node.id, cron, timezone: timezone ?? pinned.timezone, missed, overlap }
  }
  return null
}
