import type { Pool } from 'pg'
import { runStateNumber, runStatesBefore } from '#runtime/states/run-states.ts'

const n = runStateNumber

/** Has the run such a chunk? With a limit, since an `exists` may be turned into a join over the partitions of all months. */
const some = (which: string): string =>
  `coalesce((select true from run_chunk k where k.run_no = r.run_no and ${which} limit 1), false)`

// A run of events stays as it is while more may come: its next message must not wait for the next look. A run with a reason waits for a person.
const text = `
with due as (
  update workflow_run r set state = ${n('sending')} where r.state = ${n('waiting')} and r.state = any($1) and r.reason is null and not r.cancel_requested
    and (${some('k.state = 0 and k.ready_at <= now()')} or not ${some('k.state in (0, 1, 3, 4)')}) returning r.id),
rests as (
  update workflow_run r set state = ${n('waiting')} where r.state = ${n('sending')} and r.state = any($2) and r.reason is null and not r.cancel_requested and (r.kind <> 2 or r.rows_closed_at is not null)
    and not ${some('k.state = 1')} and ${some('k.state = 0')}
    and not ${some("k.state = 0 and k.ready_at <= now() + interval '2 seconds'")} returning r.id)
select pg_notify('alimflow_run', id::text) from (select id from due union all select id from rests) moved`

/**
 * Runs that wait for a time, and those whose time has come: once a second, by every worker. A run is `waiting` while everything that is
 * open of it lies in the future and nothing is in anybody's hands.
 */
export async function moveWaiting(pool: Pick<Pool, 'query'>): Promise<void> {
  await pool.query({ name: 'move-waiting', text, values: [runStatesBefore('sending'), runStatesBefore('waiting')] })
}
