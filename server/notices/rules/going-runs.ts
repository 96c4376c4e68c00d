import type { PoolClient } from 'pg'
import type { StoredError } from '#runtime/sdk/index.ts'
import { runStateNumber, runStateOf } from '#runtime/states/run-states.ts'
import type { RunState } from '#schemas/states.ts'
import { waitsForApproval } from '#server/runs/actions.ts'
import type { NoticeLimits } from '../limits.ts'
import type { LookMemory } from '../memory.ts'
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
  since: string
  blocked: StoredError | null
  noted: string | null
  /** People wait at a step, as somebody drew it. */
  at_step: boolean
}

/** `noted`: the event of the last stop; another one means that it happened again. */
const text = `
select r.id, r.workspace_id, r.workflow_id, w.name as workflow, r.number, r.state, r.reason, r.kind = 2 as open,
  coalesce((select max(e.at) from run_events e where e.run_no = r.run_no and e.kind in ('resume', 'approve', 'resend', 'resolve')), r.started_at) as since,
  r.blocked, (select max(e.id) from run_events e where e.run_no = r.run_no and e.kind = 'paused' and r.state = $2) as noted,
  r.state = ${runStateNumber('waiting')} and coalesce((select true from run_chunk k where k.run_no = r.run_no and k.state = 0 and k.came_at > now() limit 1), false) as at_step
from workflow_run r join workflow w on w.id = r.workflow_id
where r.state = any($1) and r.kind <> 1 and not r.cancel_requested order by r.run_no desc limit 10000`

const WATCHED = ['queued', 'preparing', 'waiting', 'sending', 'paused'] as const
/** Time in these is no time that a run took. */
const RESTS: readonly RunState[] = ['waiting', 'paused']
/** A person who pauses a run needs no notice of it. */
const BY_PERSON = /^paused-by-/

/**
 * Runs that stand still, wait, or take too long. By the index of runs that go on: no message is looked at. Test runs are seen by who made
 * them. @returns since when runs are seen waiting, and until when they rested, too
 */
export async function goingRuns(
  client: Pick<PoolClient, 'query'>,
  look: { limitsOf: (workspaceId: string) => NoticeLimits; memory: LookMemory; now: Date },
): Promise<{ findings: Findings } & Pick<LookMemory, 'waiting' | 'rested'>> {
  const values = [WATCHED.map(runStateNumber), runStateNumber('paused')]
  const { rows } = await client.query<GoingRun>({ name: 'notice-going', text, values })
  const waits = rows.filter(({ state }) => runStateOf(state) === 'waiting')
  const waiting = Object.fromEntries(waits.map(({ id }) => [id, look.memory.waiting[id] ?? look.now.toISOString()]))
  const rested = Object.fromEntries(
    rows.flatMap(({ id, state }) => {
      const rest = RESTS.includes(runStateOf(state)) ? look.now.toISOString() : look.memory.rested[id]
      return rest === undefined ? [] : [[id, rest]]
    }),
  )
  const found = rows.flatMap((row) => {
    const limits = look.limitsOf(row.workspace_id)
    const minutes = (since: string | undefined): number =>
      since === undefined ? 0 : Math.floor((look.now.getTime() - Date.parse(since)) / 60_000)
    const rest = rested[row.id]
    const took = minutes(rest !== undefined && Date.parse(rest) > Date.parse(row.since) ? rest : row.since)
    return [troubleOf(row, { limits, took, waited: minutes(waiting[row.id]) }) ?? [], blockedOf(row) ?? []].flat()
  })
  const of = (kind: Trouble['kind']): Trouble[] => found.filter((trouble) => trouble.kind === kind)
  const lasting: Findings['lasting'] = [
    { kind: 'paused', codes: ['run-paused'], troubles: of('paused') },
    { kind: 'waiting', codes: ['run-waits-approval', 'run-waits-long'], troubles: of('waiting') },
    { kind: 'late', codes: ['run-late'], troubles: of('late') },
    { kind: 'worker', codes: ['run-blocked'], troubles: of('worker') },
  ]
  return { findings: { lasting, happened: [], ended: [] }, waiting, rested }
}

const baseOf = (row: GoingRun) => ({
  workspaceId: row.workspace_id,
  subject: `run:${row.id}`,
  runId: row.id,
  workflowId: row.workflow_id,
  connectionId: null,
  mark: Number(row.noted ?? 0),
})

function troubleOf(
  row: GoingRun,
  { limits, took, waited }: { limits: NoticeLimits; took: number; waited: number },
): Trouble | null {
  const base = baseOf(row)
  const names = { workflow: row.workflow, run: row.number }
  const state = runStateOf(row.state)
  if (state === 'paused') {
    if (!row.reason || BY_PERSON.test(row.reason.code)) return null
    return { ...base, kind: 'paused', code: 'run-paused', fields: { ...names, reason: row.reason.code } }
  }
  if (state === 'waiting') {
    // Who launches a run looks at it: only one that was left is worth a notice.
    if (row.reason?.code === 'launch-prepared' && waited < limits.waitMinutes) return null
    if (waitsForApproval(row))
      return { ...base, kind: 'waiting', code: 'run-waits-approval', fields: { ...names, reason: row.reason?.code } }
    if (row.open || row.at_step || waited < limits.waitMinutes) return null
    return { ...base, kind: 'waiting', code: 'run-waits-long', fields: { ...names, waitedMinutes: waited } }
  }
  if (row.open || took < limits.lateMinutes) return null
  return { ...base, kind: 'late', code: 'run-late', fields: { ...names, tookMinutes: took } }
}

/** No worker that lives can do it: a node type or a plugin is missing there. */
function blockedOf(row: GoingRun): Trouble | null {
  if (row.blocked === null) return null
  const fields = { workflow: row.workflow, run: row.number, reason: row.blocked.code }
  return { ...baseOf(row), kind: 'worker', code: 'run-blocked', fields }
}
