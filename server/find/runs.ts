import type { Kysely } from 'kysely'
import type { FoundRun } from '#schemas/api/find.ts'
import { runStateOf } from '#runtime/states/run-states.ts'
import type { Database } from '#server/database/schema.ts'
import { namesWith } from './names.ts'
import { readRunText } from './run-text.ts'

interface Wish {
  readonly workspaceId: string
  readonly text: string
  readonly workflows: readonly { readonly id: string; readonly name: string }[]
  readonly most: number
}

/** Runs by their number within a workflow, newest first; of the workflows that the words before the number name, or of all. */
export async function runsWith(db: Kysely<Database>, { workspaceId, text, workflows, most }: Wish): Promise<FoundRun[]> {
  const wanted = readRunText(text)
  if (!wanted) return []
  const names = new Map(workflows.map(({ id, name }) => [id, name]))
  const ids = wanted.name === '' ? null : namesWith(workflows, wanted.name).map(({ id }) => id)
  if (ids?.length === 0) return []
  let query = db
    .selectFrom('workflow_run')
    .select(['id', 'number', 'workflow_id', 'state', 'started_at'])
    .where('workspace_id', '=', workspaceId)
    .where('number', '=', wanted.number)
  // Each workflow has one run of a number, which its own index finds.
  query = query.where('workflow_id', 'in', ids ?? [...names.keys()])
  const rows = names.size === 0 ? [] : await query.orderBy('started_at', 'desc').limit(most).execute()
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    workflowName: names.get(row.workflow_id) ?? '',
    state: runStateOf(row.state),
    startedAt: row.started_at,
  }))
}
