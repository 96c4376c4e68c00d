import type { MissedPolicy, OverlapPolicy } from '#schemas/schedule-policies.ts'
import type { RunState } from '#schemas/states.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { TEST } from '#server/runs/run-kinds.ts'

/** A schedule that something is to be done about. */
export interface DueSchedule {
  id: string
  workspace_id: string
  workflow_id: string
  version_id: string
  cron: string
  timezone: string
  next_fire_at: string
  missed_policy: MissedPolicy
  missed_hours: number | null
  overlap_policy: OverlapPolicy
  held_until: string | null
  going: boolean
}

// Preparing, waiting for its own time or for a person, sending or paused. What was prepared for somebody who has not said yes sends nothing.
const GOING: readonly RunState[] = ['queued', 'preparing', 'waiting', 'sending', 'paused']
// A run whose every message waits for longer than an hour (a step that waits for days) sends nothing now either.
const resting = `(select bool_and(k.state = 0 and k.ready_at > $1::timestamptz + interval '1 hour') from run_chunk k
  where k.run_no = r.run_no and k.state in (0, 1, 3, 4))`
const going = `exists (select 1 from workflow_run r where r.workflow_id = s.workflow_id and r.kind <> ${TEST}
  and r.state = any(array[${GOING.map(runStateNumber).join(', ')}]) and not (r.asks and r.state < ${runStateNumber('sending')})
  and not (r.state = ${runStateNumber('waiting')} and coalesce(${resting}, false)))`

// Only what is published, on and not deleted; what waits for a run that still sends is let lie. A row that another server has in its hands is left to it.
export const dueSchedule = `
select s.id, s.workspace_id, s.workflow_id, s.version_id, s.cron, s.timezone, s.next_fire_at, s.missed_policy, s.missed_hours,
  s.overlap_policy, s.held_until, ${going} as going
from schedule s join workflow w on w.id = s.workflow_id
where s.next_fire_at <= $1 and w.enabled and w.deleted_at is null and w.published_version is not null and s.id <> all($2)
  and (s.held_until is null or s.held_until <= $1 or s.overlap_policy <> 'wait' or not ${going})
order by s.next_fire_at limit 1 for update of s skip locked`
