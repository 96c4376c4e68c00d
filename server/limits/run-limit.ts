import type { Pool } from 'pg'
import type { Plan } from '#runtime/compile/plan.ts'
import type { Language } from '#schemas/localized.ts'
import { goesOn } from '#server/runs/pace.ts'
import type { RunRow } from '#server/runs/run-row.ts'
import { connectionOf } from '#server/worker/stage-lane.ts'
import { readLimitStates, type LimitState } from './limit-state.ts'

/** What keeps a run from going faster: the limit that holds it longest. Null: none does, or the run does not send now. */
export async function limitOfRun(
  pool: Pick<Pool, 'query'>,
  row: Pick<RunRow, 'state' | 'reason' | 'workspace_id'>,
  { plan, language }: { plan: Plan | null; language: Language },
): Promise<LimitState | null> {
  if (!plan || !goesOn(row)) return null
  const connectionIds = new Set(plan.stages.flatMap((stage) => (stage.kind === 'send' ? [connectionOf(plan, stage)] : [])))
  const states = await readLimitStates(pool, { workspaceId: row.workspace_id, connectionIds: [...connectionIds], language })
  return [...states.values()].toSorted((a, b) => (b.until ?? '').localeCompare(a.until ?? ''))[0] ?? null
}
