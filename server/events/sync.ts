import type { Kysely, Transaction } from 'kysely'
import type { Pinned } from '#schemas/pinned.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { Registry } from '#runtime/registry.ts'
import type { Database } from '#server/database/schema.ts'
import { closeRunsOf } from './close-runs.ts'
import { eventOf } from './listeners.ts'

export interface EventChange {
  readonly workspaceId: string
  readonly workflowId: string
  readonly enabled: boolean
  /** The published version; null: there is none. */
  readonly versionId: string | null
  readonly pinned: Pinned | null
  readonly registry: Pick<Registry, 'node'>
}

/**
 * Keeps who listens to which event as the published version and the switch say, in the transaction that changes them. Runs of an older
 * version, or of one that is switched off, take no more rows.
 */
export async function syncEvents(trx: Kysely<Database> | Transaction<Database>, change: EventChange): Promise<void> {
  const { workspaceId, workflowId, versionId } = change
  const trigger = triggerOf(change)
  await trx.deleteFrom('event_trigger').where('workspace_id', '=', workspaceId).where('workflow_id', '=', workflowId).execute()
  if (trigger && versionId !== null)
    await trx
      .insertInto('event_trigger')
      .values({
        workspace_id: workspaceId,
        workflow_id: workflowId,
        version_id: versionId,
        node_id: trigger.nodeId,
        event: trigger.event,
      })
      .execute()
  await closeRunsOf(trx, { workspaceId, workflowId, keep: trigger ? versionId : null })
}

/** Does it start with events that bring their recipients along? Then there is nobody to run it for by hand. */
export function startsByEvents({ nodes }: WorkflowDocument, registry: Pick<Registry, 'node'>): boolean {
  const types = nodes.map(({ type }) => registry.node(type)?.type)
  return types.some((type) => type?.event !== undefined) && !types.some((type) => type?.role === 'source')
}

/** The events that the published version starts with; null: none, or it is off. */
function triggerOf({ enabled, pinned, registry }: EventChange): { nodeId: string; event: string | null } | null {
  if (!enabled || !pinned) return null
  for (const node of pinned.document.nodes) {
    const spec = eventOf(registry, node)
    if (spec) return { nodeId: node.id, event: spec.name }
  }
  return null
}
