import type { PoolClient } from 'pg'
import type { StoredError } from '#runtime/sdk/index.ts'
import { runStateNumber, runStateOf } from '#runtime/states/run-states.ts'
import type { NoticeLimits } from '../limits.ts'
import type { Findings, Trouble } from '../trouble.ts'

interface GoingRun {
  id: string
  workspace_id: string
  workflow_id: string
  workflow: string
  number: number
  state: number
  reason: StoredError | null
  open: boolean
  minutes: number
  noted: { id: string; minutes: number } | null
  approval: boolean
}

/** Runs that wait so long are looked at for what they wait for; a run's own events tell since when. */
const text = `
select r.id, r.workspace_id, r.workflow_id, w.name as workflow, r.number, r.state, r.reason, r.kind = 2 as open,
  floor(extract(epoch from now() - r.started_at) / 60)::int as minutes,
  (select json_build_object('id', e.id::text, 'minutes', floor(extract(epoch from now() - e.at) / 60)::int)
   from run_events e where e.run_no = r.run_no and e.kind = $2 and r.state = $3 order by e.id desc limit 1) as noted,
  r.state = $4 and exists (select 1 from run_chunk k where k.run_no = r.run_no and k.state = 4) as approval
from workflow_run r join workflow w on w.id = r.workflow_id
where r.state = any($1) and r.kind <> 1 and not r.cancel_requested order by r.run_no desc limit 1000`

const WATCHED = ['queued', 'preparing', 'waiting', 'sending', 'paused'] as const
/** A person who pauses a run needs no notice of it. */
const BY_PERSON = /^paused-by-/

/** Runs that stand still, wait, or take too long. By the index of runs that go on: no message is looked at. Test runs are seen by who made them. */
export async function goingRuns(
  client: Pick<PoolClient, 'query'>,
  limitsOf: (workspaceId: string) => NoticeLimits,
): Promise<Findings> {
  const [paused, waiting] = [runStateNumber('paused'), runStateNumber('waiting')]
  const { rows } = await client.query<GoingRun>({
    name: 'notice-going',
    text,
    values: [WATCHED.map(runStateNumber), 'paused', paused, waiting],
  })
  const found = rows.flatMap((row) => troubleOf(row, limitsOf(row.workspace_id)) ?? [])
  const of = (kind: Trouble['kind']): Trouble[] => found.filter((trouble) => trouble.kind === kind)
  return {
    lasting: [
      { kind: 'paused', codes: ['run-paused'], troubles: of('paused') },
      { kind: 'waiting', codes: ['run-waits-approval', 'run-waits-long'], troubles: of('waiting') },
      { kind: 'late', codes: ['run-late'], troubles: of('late') },
    ],
    happened: [],
    ended: [],
  }
}

function troubleOf(row: GoingRun, limits: NoticeLimits): Trouble | null {
  const base = {
    workspaceId: row.workspace_id,
    subject: `run:${row.id}`,
    runId: row.id,
    workflowId: row.workflow_id,
    connectionId: null,
    mark: Number(row.noted?.id ?? 0),
  }
  const names = { workflow: row.workflow, run: row.number }
  const state = runStateOf(row.state)
  if (state === 'paused') {
    if (!row.reason || BY_PERSON.test(row.reason.code)) return null
    return { ...base, kind: 'paused', code: 'run-paused', fields: { ...names, reason: row.reason.code } }
  }
  if (state === 'waiting') {
    if (row.approval || row.reason) return { ...base, kind: 'waiting', code: 'run-waits-approval', fields: names }
    if (row.open || row.minutes < limits.waitMinutes) return null
    return { ...base, kind: 'waiting', code: 'run-waits-long', fields: { ...names, waitedMinutes: row.minutes } }
  }
  if (row.open || row.minutes < limits.lateMinutes) return null
  return { ...base, kind: 'late', code: 'run-late', fields: { ...names, tookMinutes: row.minutes } }
}
