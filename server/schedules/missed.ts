import type { Pool, PoolClient } from 'pg'
import type { MissedFires, Passed } from '#schemas/api/schedules.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { TEST } from '#server/runs/run-kinds.ts'
import { isUuid } from '#server/runs/uuid.ts'
import { MISSED_ACTION, SKIPPED_ACTION } from './passed.ts'

/** A person's word that what was missed is not sent any more. */
export const DECLINED_ACTION = 'schedule-declined'
const MOST = 50

interface PassedRow extends Passed {
  readonly id: string
  readonly workflowId: string
  readonly workflowName: string
}

// A run that began after a time has made up for it: a late start by hand, or the next one by the clock. Of what is off nobody is asked.
const PASSED = `
select a.id, a.data->>'fireAt' as "fireAt", a.at as "noticedAt", coalesce(a.data->>'why', 'late') as why,
  case when d.at is not null then 'declined' when a.action = '${SKIPPED_ACTION}' then 'skipped'
    when not w.enabled or exists (select 1 from workflow_run r where r.workflow_id = w.id and r.kind <> ${TEST}
      and r.started_at > (a.data->>'fireAt')::timestamptz) then 'over'
    else 'open' end as outcome,
  d.actor as "decidedBy", d.at as "decidedAt", w.id as "workflowId", w.name as "workflowName"
from audit_event a
  join workflow w on w.id = a.target_id::uuid and w.deleted_at is null
  left join audit_event d on d.workspace_id = a.workspace_id and d.target_kind = 'workflow' and d.target_id = a.target_id
    and d.action = '${DECLINED_ACTION}' and d.data->>'missed' = a.id::text
where a.workspace_id = $1 and a.target_kind = 'workflow' and a.action in ('${MISSED_ACTION}', '${SKIPPED_ACTION}')`

const itemOf = ({ fireAt, noticedAt, why, outcome, decidedBy, decidedAt }: PassedRow): Passed => ({
  fireAt,
  noticedAt,
  why,
  outcome,
  decidedBy,
  decidedAt,
})

/** Times of a workflow that were passed over, newest first. */
export async function readMissed(
  pool: Pool,
  { workspaceId, workflowId }: { workspaceId: string; workflowId: string },
): Promise<MissedFires> {
  if (!isUuid(workflowId)) return { items: [] }
  const { rows } = await pool.query<PassedRow>(`${PASSED} and a.target_id = $2 order by a.id desc limit ${MOST}`, [
    workspaceId,
    workflowId,
  ])
  return { items: rows.map(itemOf) }
}

/** A time that was passed over, with whose it is. */
export interface PassedOf {
  readonly workflowId: string
  readonly workflowName: string
  readonly passed: Passed
}

/** Times of a span that were passed over, of workflows that still exist. */
export async function readMissedBetween(
  pool: Pool,
  { workspaceId, since, until }: { workspaceId: string; since: Date; until: Date },
): Promise<PassedOf[]> {
  const { rows } = await pool.query<PassedRow>(
    `${PASSED} and (a.data->>'fireAt')::timestamptz >= $2 and (a.data->>'fireAt')::timestamptz < $3 order by a.id limit ${MOST * 4}`,
    [workspaceId, since, until],
  )
  return rows.map((row) => ({ workflowId: row.workflowId, workflowName: row.workflowName, passed: itemOf(row) }))
}

/** Workflows with missed times that a person is asked about, with the newest of each. */
export async function readAsked(
  pool: Pool,
  workspaceId: string,
): Promise<{ workflowId: string; workflowName: string; newest: string }[]> {
  const { rows } = await pool.query<{ workflowId: string; workflowName: string; newest: string }>(
    `select "workflowId", min("workflowName") as "workflowName", max("fireAt") as newest from (${PASSED}) passed
     where outcome = 'open' group by "workflowId" order by newest desc limit ${MOST}`,
    [workspaceId],
  )
  return rows
}

interface Decline {
  readonly workspaceId: string
  readonly workflowId: string
  /** The newest missed time that the person saw. */
  readonly until: Date
  readonly actor: string
}

/** Writes down that a person does not want sent what was missed until a time. Twice, or by two people at once, is once. @throws AppError `not-found` */
export async function declineMissed(pool: Pool, decline: Decline): Promise<void> {
  if (!isUuid(decline.workflowId)) throw new AppError('not-found', { what: 'workflow' })
  await withClient(pool, async (client) => {
    await client.query('begin')
    await declineLocked(client, decline)
    await client.query('commit')
  })
}

async function declineLocked(client: PoolClient, { workspaceId, workflowId, until, actor }: Decline): Promise<void> {
  const { rowCount } = await client.query(
    'select 1 from workflow where workspace_id = $1 and id = $2 and deleted_at is null for update',
    [workspaceId, workflowId],
  )
  if (!rowCount) throw new AppError('not-found', { what: 'workflow' })
  await client.query(
    `insert into audit_event (workspace_id, actor, action, target_kind, target_id, data)
     select $1, $4, '${DECLINED_ACTION}', 'workflow', $2, jsonb_build_object('missed', id, 'fireAt', "fireAt")
     from (${PASSED} and a.target_id = $2) passed where outcome = 'open' and "fireAt"::timestamptz <= $3`,
    [workspaceId, workflowId, until, actor],
  )
}
