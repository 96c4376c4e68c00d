import type { Pool } from 'pg'

/** Chunks that lost their owner, as far as a sweep freed them. */
export interface Swept {
  readonly runNo: number
  readonly nodeNo: number
  readonly no: number
  /** The worker that had it. */
  readonly owner: number
}

const alive = `exists (select 1 from pg_locks where locktype = 'advisory' and classid = 7001 and objid = c.owner::oid and granted)`

// A chunk whose owner is dead (its lock is gone) or past its deadline becomes takeable again, its claimed and unrecorded rows in doubt.
// The epoch grows with the next take; until then the old owner is fenced out by the state.
const text = `
with lost as (
  select c.run_no, c.node_no, c.no, c.owner, ${alive} as alive, c.claimed > c.sent + c.failed + c.unconfirmed + c.skipped + c.moved as doubtful
  from run_chunk c
  where c.run_no = any($1::bigint[]) and c.state = 1 and c.owner <> $2::int and (c.send_deadline < now() or not ${alive})
  limit 100 for update of c skip locked)
update run_chunk k set state = 0, owner = null, epoch = k.epoch + 1,
  doubt = case when not lost.doubtful then 0 when lost.alive or k.doubt = 2 then 2 else 1 end,
  ready_at = case when lost.doubtful then now() + $3::int * interval '1 ms' else k.ready_at end
from lost where (k.run_no, k.node_no, k.no) = (lost.run_no, lost.node_no, lost.no)
returning k.run_no::float8 as "runNo", k.node_no as "nodeNo", k.no, lost.owner`

/** Frees the chunks of dead or frozen owners. `graceMs`: how long a call that was cut off may still be on its way into a provider's lists. */
export async function sweepChunks(
  pool: Pool,
  options: { runNos: readonly number[]; worker: number; graceMs: number },
): Promise<Swept[]> {
  if (options.runNos.length === 0) return []
  const { rows } = await pool.query<Swept>({ name: 'sweep', text, values: [options.runNos, options.worker, options.graceMs] })
  return rows
}
