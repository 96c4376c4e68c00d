import type { PoolClient } from 'pg'
import { firesByDay, type Recurrence } from './calendar.ts'
import type { Passed } from './decide.ts'

const DAY_MS = 86_400_000
/** Whoever was off for longer is told of the last month. */
const MOST_DAYS = 31
const MINUTES_OF_A_DAY = 1440

/** The last time of each day from `from` on that has passed, oldest first; at least `from` itself. */
export function passedTimes(recurrence: Recurrence, { from, now }: { from: Date; now: Date }): [Date, ...Date[]] {
  const after = new Date(Math.max(from.getTime(), now.getTime() - MOST_DAYS * DAY_MS))
  const until = new Date(now.getTime() + 1)
  const days = firesByDay(recurrence, { after, until, most: MINUTES_OF_A_DAY })
  return [from, ...days.flatMap(({ first }) => first.at(-1) ?? [])]
}

/** A time that a person decides about, or one that was left out as the schedule says. */
export const MISSED_ACTION = 'schedule-missed'
export const SKIPPED_ACTION = 'schedule-skipped'

/** Writes down times that were not started, as events of the workflow. */
export async function notePassed(
  client: PoolClient,
  at: { readonly workspaceId: string; readonly workflowId: string; readonly scheduleId: string; readonly now: Date },
  passed: readonly Passed[],
): Promise<void> {
  if (passed.length === 0) return
  await client.query(
    `insert into audit_event (workspace_id, actor, at, action, target_kind, target_id, data)
     select $1, 'system', $2, action, 'workflow', $3, data from unnest($4::text[], $5::jsonb[]) as passed (action, data)`,
    [
      at.workspaceId,
      at.now,
      at.workflowId,
      passed.map(({ asks }) => (asks ? MISSED_ACTION : SKIPPED_ACTION)),
      passed.map(({ fireAt, why }) => JSON.stringify({ scheduleId: at.scheduleId, fireAt: fireAt.toISOString(), why })),
    ],
  )
}
