import { RESENT } from '#runtime/run/pack-again.ts'
import type { TakenChunk, TakeOptions } from '#runtime/run/ledger.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import { decodeAnswers, decodeChunk } from './codec.ts'
import type { LedgerRun } from './ledger-run.ts'

// The first slice is claimed in the same commit, unless rows are in doubt: those are settled first.
const taking = (which: string): string => `
with c as (
  select k.run_no, k.node_no, k.no, k.claimed as from0 from run_chunk k
  where ${which} and k.run_no = $1::bigint and k.node_no = $2::smallint
  order by k.priority, k.ready_at, k.no limit 1 for update of k skip locked)
update run_chunk k set state = 1, owner = $3::int, epoch = k.epoch + 1, send_deadline = now() + $5::int * interval '1 ms',
  claimed = case when k.doubt = 0 then least(k.n, c.from0 + $4::int) else c.from0 end
from c where k.run_no = $1::bigint and (k.node_no, k.no) = (c.node_no, c.no)
returning k.no, k.attempt, k.kind, k.n, k.epoch, k.claimed, c.from0, k.doubt, k.rows,
  k.sent + k.failed + k.unconfirmed + k.skipped + k.moved as recorded,
  (select (extract(epoch from r.timed_from) * 1000)::float8 from workflow_run r where r.run_no = $1::bigint) as timed_from,
  (select a.answers from run_answers a where a.run_no = k.run_no and a.node_no = k.node_no and a.chunk_no = k.no) as answers`

const open = taking(`k.state = 0 and k.ready_at <= now()
    and exists (select 1 from workflow_run r where r.run_no = $1::bigint and r.state = ${runStateNumber('sending')} and not r.cancel_requested)`)

// Events whose time is over, for a lane that may not call now. What a person wished to be sent again is never too late.
const overdue = taking(`k.state = 0 and k.kind < ${RESENT} and k.ready_at <= now() and k.came_at < to_timestamp($6::float8 / 1000)
    and exists (select 1 from workflow_run r where r.run_no = $1::bigint and r.state = ${runStateNumber('sending')} and not r.cancel_requested)`)

// What is left of a cancelled run: nobody sends it any more, so neither time nor the run's state matter. But for rows in doubt: looked up
// before the provider's lists caught up, what was sent would be called cancelled.
const leftOver = taking(`k.state in (0, 3, 4) and (k.doubt = 0 or k.ready_at <= now())
    and exists (select 1 from workflow_run r where r.run_no = $1::bigint and r.cancel_requested)`)

interface TakenRow {
  no: number
  attempt: number
  kind: number
  n: number
  epoch: number
  claimed: number
  from0: number
  doubt: number
  recorded: number
  timed_from: number | null
  rows: Buffer
  answers: Buffer | null
}

const doubts = ['none', 'dead', 'asleep'] as const

function statementFor({ closing, cameBefore }: TakeOptions): { name: string; text: string } {
  if (cameBefore !== undefined) return { name: 'take-overdue', text: overdue }
  return closing ? { name: 'take-left-over', text: leftOver } : { name: 'take', text: open }
}

/** Takes the next chunk of a node and decodes it. Null: none is ready, or the run may not send now. */
export async function takeChunk(run: LedgerRun, options: TakeOptions): Promise<TakenChunk | null> {
  const asked = performance.now()
  const { rows } = await run.pool.query<TakenRow>({
    ...statementFor(options),
    values: [
      run.runNo,
      options.nodeNo,
      run.worker,
      options.slice,
      options.windowMs,
      ...(options.cameBefore === undefined ? [] : [options.cameBefore]),
    ],
  })
  const row = rows[0]
  if (!row) return null
  const place = { runNo: run.runNo, nodeNo: options.nodeNo, no: row.no }
  return {
    nodeNo: options.nodeNo,
    no: row.no,
    attempt: row.attempt,
    kind: row.kind,
    n: row.n,
    epoch: row.epoch,
    recorded: row.recorded,
    from: row.from0,
    claimed: row.claimed,
    doubt: doubts[row.doubt] ?? 'asleep',
    deadline: asked + options.windowMs,
    timedFrom: row.timed_from,
    rows: decodeChunk(run.key, place, row.rows),
    answers: row.answers && decodeAnswers(run.key, place, row.answers),
  }
}
