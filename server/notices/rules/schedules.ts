import type { PoolClient } from 'pg'
import { DECLINED_ACTION } from '#server/schedules/missed.ts'
import { MISSED_ACTION, SKIPPED_ACTION } from '#server/schedules/passed.ts'
import type { Findings, Trouble } from '../trouble.ts'

interface Row {
  workspace_id: string
  workflow_id: string
  workflow: string
}

// A start that is due and that nobody made: no worker runs, or it cannot start. One that waits for the run before is none.
const overdue = `
select s.workspace_id, s.workflow_id, w.name as workflow from schedule s join workflow w on w.id = s.workflow_id
where s.next_fire_at < now() - interval '90 s' and s.held_since is null and w.enabled and w.deleted_at is null and w.published_version is not null`

// What a person is asked about, and what was left out because the run before still sent. Times that a schedule leaves out when nothing was
// running are what its owner wished: no trouble.
const missed = `
select e.id, e.workspace_id, w.id as workflow_id, w.name as workflow, coalesce(e.data->>'why', 'late') as why
from audit_event e join workflow w on w.id::text = e.target_id and w.workspace_id = e.workspace_id
where e.id > $1 and (e.action = '${MISSED_ACTION}' or e.action = '${SKIPPED_ACTION}' and e.data->>'why' = 'running') order by e.id`

// What was missed is over when the workflow runs again, by hand or by schedule, is switched off, or when a person declined it.
const over = `
select n.workspace_id, n.subject, n.mark from notice n join workflow w on w.id = n.workflow_id and w.workspace_id = n.workspace_id
where n.kind = 'late' and n.code in ('schedule-missed', 'schedule-skipped') and n.state <> 'resolved'
  and (not w.enabled or w.deleted_at is not null or exists (
      select 1 from workflow_run r where r.workflow_id = w.id and r.kind <> 1 and r.started_at > n.last_seen_at)
    or exists (select 1 from audit_event d where d.workspace_id = w.workspace_id and d.target_kind = 'workflow' and d.target_id = w.id::text
      and d.action = '${DECLINED_ACTION}' and (d.data->>'missed')::bigint >= n.mark))`

const base = (row: Row) =>
  ({
    workspaceId: row.workspace_id,
    kind: 'late',
    runId: null,
    workflowId: row.workflow_id,
    connectionId: null,
    fields: { workflow: row.workflow },
  }) as const

/** Starts that did not happen at their time. @returns the last missed start that was seen, too */
export async function lateSchedules(
  client: Pick<PoolClient, 'query'>,
  { missedUntil }: { missedUntil: string },
): Promise<{ findings: Findings; missedUntil: string }> {
  const late = await client.query<Row>(overdue)
  const gone = await client.query<Row & { id: string; why: string }>(missed, [missedUntil])
  const ended = await client.query<{ workspace_id: string; subject: string; mark: string }>(over)
  const troubles = late.rows.map((row): Trouble => ({
    ...base(row),
    subject: `due:${row.workflow_id}`,
    code: 'schedule-overdue',
    mark: 0,
  }))
  return {
    findings: {
      lasting: [{ kind: 'late', codes: ['schedule-overdue'], troubles }],
      happened: gone.rows.map((row) => ({
        ...base(row),
        subject: `workflow:${row.workflow_id}`,
        code: row.why === 'running' ? 'schedule-skipped' : 'schedule-missed',
        mark: Number(row.id),
      })),
      ended: ended.rows.map(({ workspace_id, subject, mark }) => ({
        workspaceId: workspace_id,
        kind: 'late',
        subject,
        upTo: Number(mark),
      })),
    },
    missedUntil: gone.rows.at(-1)?.id ?? missedUntil,
  }
}
