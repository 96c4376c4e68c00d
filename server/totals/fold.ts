import type { Pool, PoolClient } from 'pg'
import { RUN_ENDS, runStateNumber } from '#runtime/states/run-states.ts'

/** Chunks that one statement folds: some 50,000 messages, so that nobody waits long for their rows. */
const CHUNKS = 50
/** A test send is flagged like the others and counted nowhere. */
const TEST = 1

// What a message was first, and when: later moves are in run_day_delta, whenever they came. Flag and count are one statement, so that a
// crash leaves both or neither; a chunk whose row somebody changes at this moment waits for the next round. Chunk by chunk (the lateral
// part cannot be made a join), so that each walks its own stretch of the primary key.
const chunks = `
with due as (
  select k.node_no, k.no, k.seq_from, k.seq_to from run_chunk k
  where k.run_no = $1::bigint and k.state = 2 and not k.folded order by k.node_no, k.no limit ${CHUNKS} for update of k skip locked),
flagged as (
  update run_chunk k set folded = true from due where k.run_no = $1 and k.node_no = due.node_no and k.no = due.no returning 1),
counted as (
  select due.node_no, c.day, c.state, r.workspace_id, r.workflow_id, r.version_id, sum(c.n) as n
  from workflow_run r join workspace w on w.id = r.workspace_id cross join due
  cross join lateral (
    select (coalesce(m.sent_at, (m.history->0->>1)::timestamptz, m.final_at, r.started_at) at time zone w.timezone)::date as day,
      coalesce((m.history->0->>0)::smallint, m.state) as state, count(*) as n
    from messages m
    where m.run_no = $1 and m.node_no = due.node_no and m.seq between due.seq_from and due.seq_to and m.chunk_no = due.no group by 1, 2) c
  where r.run_no = $1 and r.kind <> ${TEST} group by 1, 2, 3, 4, 5, 6),
added as (
  insert into daily_total (workspace_id, day, workflow_id, version_id, node_no, state, n)
  select workspace_id, day, workflow_id, version_id, node_no, state, n from counted
  on conflict (workspace_id, day, workflow_id, version_id, node_no, state) do update set n = daily_total.n + excluded.n)
select count(*)::int as folded from flagged`

const moves = `
with gone as (delete from run_day_delta where run_no = $1::bigint returning node_no, day, state, n)
insert into daily_total (workspace_id, day, workflow_id, version_id, node_no, state, n)
select r.workspace_id, g.day, r.workflow_id, r.version_id, g.node_no, g.state, sum(g.n)
from gone g join workflow_run r on r.run_no = $1 group by 1, 2, 3, 4, 5, 6
on conflict (workspace_id, day, workflow_id, version_id, node_no, state) do update set n = daily_total.n + excluded.n`

/** Runs with something to fold, by number: those that are not wholly in the totals, and those that reports moved since. */
const unfolded = `
select r.run_no from workflow_run r where r.totals_at is null
union select d.run_no from run_day_delta d where d.run_no is not null order by 1`

// Over, and nothing left: the run is not looked at again, until a report comes.
const finished = `
update workflow_run set totals_at = now() where run_no = $1::bigint and state = any($2) and totals_at is null
  and not exists (select 1 from run_chunk k where k.run_no = $1 and k.state <> 2)
  and not exists (select 1 from run_chunk k where k.run_no = $1 and k.state = 2 and not k.folded)`

type Client = Pick<Pool | PoolClient, 'query'>

/**
 * Adds the closed chunks of one run, and what reports changed since, to the totals of the days. Every message is counted once, on the day
 * on which it was sent, under the state that it has now; safe to be called by anybody at any time.
 * @returns chunks that were folded now
 */
export async function foldRun(client: Client, runNo: number): Promise<number> {
  let folded = 0
  for (;;) {
    const { rows } = await client.query<{ folded: number }>({ name: 'fold-chunks', text: chunks, values: [runNo] })
    const some = rows[0]?.folded ?? 0
    folded += some
    if (some < CHUNKS) break
  }
  await client.query({ name: 'fold-moves', text: moves, values: [runNo] })
  await client.query({ name: 'fold-finished', text: finished, values: [runNo, RUN_ENDS.map(runStateNumber)] })
  return folded
}

/** Brings the totals up to date. `stopped`: asked between two runs. @returns chunks that were folded */
export async function foldTotals(client: Client, stopped: () => boolean = () => false): Promise<number> {
  const { rows } = await client.query<{ run_no: string }>(unfolded)
  let folded = 0
  for (const { run_no } of rows) {
    if (stopped()) break
    folded += await foldRun(client, Number(run_no))
  }
  return folded
}
