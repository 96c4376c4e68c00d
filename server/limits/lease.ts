import { LIVING } from '#server/ledger/alive.ts'
import { withClient } from '#server/ledger/with-client.ts'
import { ensureLimitRow, type LimitPlace } from './place.ts'

/** What a worker wants of a connection's calls in flight. */
export interface LeaseWish {
  readonly worker: number
  /** Calls in flight at once that all workers may have together. */
  readonly concurrency: number
  /** In flight now: so many cannot be given up at once. */
  readonly busy: number
  /** In flight and waiting to be. */
  readonly wanted: number
}

/** With more workers than calls, they take turns of this length. */
const TURN_S = 3

// Everybody who wants some gets an equal share; what one does not want the others may have. With more workers than calls the share goes
// round. The sum never exceeds the limit: a worker grows only into what no living one holds, and the row is locked meanwhile.
const lock = 'select 1 from connection_limit where workspace_id = $1 and connection_id = $2 for update'
const text = `
with gone as (
  delete from connection_lease e
  where e.workspace_id = $1 and e.connection_id = $2 and e.worker <> $3::int and not (e.worker = any(${LIVING})) returning e.worker),
others as (
  select e.worker, e.asked, e.calls from connection_lease e
  where e.workspace_id = $1 and e.connection_id = $2 and e.worker <> $3::int and e.asked > 0 and e.worker not in (select worker from gone)),
facts as (
  select count(*)::int + 1 as askers, coalesce(sum(o.calls), 0)::int as held, (count(*) filter (where o.worker < $3::int))::int as before
  from others o),
share as (
  select f.held, case when f.askers <= $4::int then $4::int / f.askers + (f.before < $4::int % f.askers)::int
    else ((f.before + floor(extract(epoch from now()) / ${TURN_S})::bigint) % f.askers < $4::int)::int end as mine,
    greatest(1, $4::int / f.askers) as theirs
  from facts f),
may as (
  select greatest($5::int, least($6::int, $4::int - s.held, greatest(s.mine, $4::int - (select coalesce(sum(least(o.asked, s.theirs)), 0)::int from others o)))) as calls
  from share s)
insert into connection_lease as e (workspace_id, connection_id, worker, asked, calls)
select $1, $2, $3::int, $6::int, greatest(0, may.calls) from may
on conflict (workspace_id, connection_id, worker) do update set asked = excluded.asked, calls = excluded.calls
returning calls`

/** Calls in flight that this worker may have from now on. It must not have more before it asked again. */
export async function leaseCalls(place: LimitPlace, wish: LeaseWish): Promise<number> {
  const calls = await lease(place, wish)
  if (calls !== null) return calls
  await ensureLimitRow(place)
  return (await lease(place, wish)) ?? 0
}

/** Null: the row that all workers share is missing. */
function lease(place: LimitPlace, wish: LeaseWish): Promise<number | null> {
  const key = [place.workspaceId, place.connectionId]
  return withClient(place.pool, async (client) => {
    // A statement sees what was committed when it began: the lock comes first, so that the next one sees what the last worker wrote.
    await client.query('begin')
    const locked = await client.query({ name: 'limit-lock', text: lock, values: key })
    const wanted = Math.max(wish.wanted, wish.busy)
    const values = [...key, wish.worker, wish.concurrency, wish.busy, wanted]
    const got = locked.rowCount ? await client.query<{ calls: number }>({ name: 'limit-lease', text, values }) : null
    await client.query('commit')
    return got && (got.rows[0]?.calls ?? 0)
  })
}

/** This worker calls over the connection no more. */
export async function dropLease(place: LimitPlace, worker: number): Promise<void> {
  await place.pool.query('delete from connection_lease where workspace_id = $1 and connection_id = $2 and worker = $3', [
    place.workspaceId,
    place.connectionId,
    worker,
  ])
}
