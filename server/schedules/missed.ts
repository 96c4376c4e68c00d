import type { Pool, PoolClient } from 'pg'
import type { MissedFires } from '#schemas/api/schedules.ts'
import { isUuid } from '#server/runs/uuid.ts'

const ACTION = 'schedule-missed'
const MOST = 50

/** Writes down that a time was missed, as an event of the workflow. */
export async function noteMissed(
  client: PoolClient,
  missed: { workspaceId: string; workflowId: string; scheduleId: string; fireAt: Date; now: Date },
): Promise<void> {
  const data = { scheduleId: missed.scheduleId, fireAt: missed.fireAt.toISOString() }
  await client.query(
    `insert into audit_event (workspace_id, actor, at, action, target_kind, target_id, data) values ($1, 'system', $2, '${ACTION}', 'workflow', $3, $4)`,
    [missed.workspaceId, missed.now, missed.workflowId, JSON.stringify(data)],
  )
}

/** Times that were missed, newest first. */
export async function readMissed(
  pool: Pool,
  { workspaceId, workflowId }: { workspaceId: string; workflowId: string },
): Promise<MissedFires> {
  if (!isUuid(workflowId)) return { items: [] }
  const { rows } = await pool.query<{ fireAt: string; noticedAt: string }>(
    `select data->>'fireAt' as "fireAt", at as "noticedAt" from audit_event
     where workspace_id = $1 and target_kind = 'workflow' and target_id = $2 and action = '${ACTION}' order by id desc limit ${MOST}`,
    [workspaceId, workflowId],
  )
  return { items: rows }
}
