import type { Person, PersonMessage } from '#schemas/api/people.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { foundAcrossRuns, type AcrossDeps } from '#server/messages/across-runs.ts'
import { toItems, type ShowDeps } from '#server/messages/item.ts'
import { EVENTS, TEST } from '#server/runs/run-kinds.ts'

/** Who gets something daily has some hundred messages a year. */
const MOST = 500
const MOST_GOING = 10
const GOING = (['queued', 'preparing', 'waiting', 'sending', 'paused'] as const).map(runStateNumber)

export type PersonDeps = ShowDeps & AcrossDeps

const momentOf = ({ finalAt, sentAt }: PersonMessage): string => finalAt ?? sentAt ?? '9999'

/** What became of one exact address in all runs: what it got, what failed, where it was left out; newest first. */
export async function personOf(deps: PersonDeps, wish: { workspaceId: string; address: string }): Promise<Person> {
  const [all, going] = await Promise.all([foundAcrossRuns(deps, { ...wish, most: MOST + 1 }), goingRuns(deps, wish.workspaceId)])
  const messages: PersonMessage[] = []
  for (const { row, open, found } of all) {
    const facts = { workflowId: row.workflow_id, workflowName: row.workflow_name, runNumber: row.number, test: row.kind === TEST }
    const items = await toItems(deps, { runId: row.id, pinned: row.pinned, open }, found)
    messages.push(...items.map((item) => ({ ...item, ...facts })))
  }
  messages.sort((a, b) => momentOf(b).localeCompare(momentOf(a)) || b.id.localeCompare(a.id))
  const named = messages.find(({ name }) => name !== null)
  return {
    name: named?.name ?? null,
    address: messages.find(({ address }) => address !== null)?.address ?? null,
    messages: messages.slice(0, MOST),
    more: messages.length > MOST,
    going,
  }
}

async function goingRuns({ pool }: PersonDeps, workspaceId: string): Promise<Person['going']> {
  const { rows } = await pool.query<Person['going'][number]>(
    `select r.id as "runId", w.name as "workflowName", r.number as "runNumber" from workflow_run r join workflow w on w.id = r.workflow_id
     where r.workspace_id = $1 and r.state = any($2) and r.kind not in (${TEST}, ${EVENTS}) order by r.started_at desc limit ${MOST_GOING}`,
    [workspaceId, GOING],
  )
  return rows
}
