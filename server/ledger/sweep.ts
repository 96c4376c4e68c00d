import type { Pool } from 'pg'
import { LIVING } from './alive.ts'
import { numberArray } from './array-literal.ts'

/** A chunk that lost its owner and was freed. */
export interface Swept {
  readonly runNo: number
  readonly nodeNo: number
  readonly no: number
  /** The worker that had it; null: nobody. */
  readonly owner: number | null
}

/** Chunks that are in somebody's hands in this process, by place. */
export interface Held {
  readonly runNo: number
  readonly nodeNo: number
  readonly no: number
}

export interface SweepFor {
  /** Number of the worker that sweeps. */
  readonly worker: number
  /** Its own chunks that a lane works on: what it owns beyond them, past its deadline, lies about. */
  readonly held: readonly Held[]
}

// Of others: their lock is gone, or their deadline is over (they may only sleep). Of our own: past its deadline and in no lane's hands
// (the answer to a take or the giving back got lost with a connection).
const lost = `(c.owner is null
  or (c.owner <> $2::int and (c.send_deadline < now() or not c.owner = any(living.nos)))
  or (c.owner = $2::int and c.send_deadline < now()
    and not exists (select 1 from unnest($3::bigint[], $4::smallint[], $5::int[]) h(run_no, node_no, no) where (h.run_no, h.node_no, h.no) = (c.run_no, c.node_no, c.no))))`

const living = `living as materialized (select ${LIVING} as nos)`

// The limit keeps it a look at each run's own partition: an `exists` would be turned into a join over all months.
const finding = `
with ${living}
select r.id, r.run_no::float8 as "runNo" from workflow_run r cross join living
cross join lateral (select 1 from run_chunk c where c.run_no = r.run_no and c.state = 1 and ${lost} limit 1) lost
where r.state = any($1::smallint[])`

// A chunk whose owner is dead or past its deadline becomes takeable again, its claimed and unrecorded rows in doubt. The epoch grows here
// and with the next take: the old owner is fenced out by both. Who only may sleep (his lock is there) stays suspect until all is settled;
// of our own we know that no call is under way.
const freeing = `
with ${living},
lost as (
  select c.run_no, c.node_no, c.no, c.owner, c.owner <> $2::int and c.owner = any(living.nos) as asleep,
    c.claimed > c.sent + c.failed + c.unconfirmed + c.skipped + c.moved as doubtful
  from run_chunk c cross join living
  where c.run_no = $1::bigint and c.state = 1 and ${lost}
  limit 100 for update of c skip locked)
update run_chunk k set state = 0, owner = null, epoch = k.epoch + 1, freed_epoch = k.epoch,
  doubt = case when not lost.doubtful then 0 when lost.asleep or k.doubt = 2 then 2 else 1 end,
  ready_at = case when lost.doubtful then now() + $6::int * interval '1 ms' else k.ready_at end
from lost where k.run_no = $1::bigint and (k.node_no, k.no) = (lost.node_no, lost.no)
returning k.run_no::float8 as "runNo", k.node_no as "nodeNo", k.no, lost.owner`

const values = (first: unknown, { worker, held }: SweepFor): unknown[] => [
  first,
  worker,
  numberArray(held.map((one) => one.runNo)),
  numberArray(held.map((one) => one.nodeNo)),
  numberArray(held.map((one) => one.no)),
]

/** Runs that have chunks in the hands of nobody. `states`: numbers of the states to look at. */
export async function runsWithLostChunks(
  pool: Pool,
  options: SweepFor & { states: readonly number[] },
): Promise<{ id: string; runNo: number }[]> {
  const { rows } = await pool.query<{ id: string; runNo: number }>({
    name: 'find-lost',
    text: finding,
    values: values(options.states, options),
  })
  return rows
}

/**
 * Frees the chunks of a run whose owners are dead, frozen, or do not know of them. `graceMs`: how long a call that was cut off may still be
 * on its way into a provider's lists.
 */
export async function sweepChunks(pool: Pool, options: SweepFor & { runNo: number; graceMs: number }): Promise<Swept[]> {
  const { rows } = await pool.query<Swept>({
    name: 'sweep',
    text: freeing,
    values: [...values(options.runNo, options), options.graceMs],
  })
  return rows
}
