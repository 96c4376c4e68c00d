import type { ClientBase } from 'pg'
import { runStateNumber } from '#runtime/states/run-states.ts'
import type { Manifest } from './manifest.ts'

const n = runStateNumber

// What was taken at the time of the backup may have been sent: in doubt for whoever goes on, and in nobody's hands.
const hold = `
update run_chunk k set state = 3, owner = null, epoch = k.epoch + 1, send_deadline = null,
  doubt = case when k.state = 1 and k.claimed > k.sent + k.failed + k.unconfirmed + k.skipped + k.moved then 2 else k.doubt end
from workflow_run r where r.run_no = k.run_no and r.state = any($1) and k.state in (0, 1, 4)`

const pause = `
update workflow_run set state = ${n('paused')}, reason = json_build_object('code', 'run-restored', 'fields', json_build_object('at', $2::text))
where state = any($1) returning run_no`

// An audience that was not complete is of no use: half of it would be lost silently.
const unread = [n('queued'), n('preparing')]
const forget = `
delete from run_chunk k using workflow_run r where r.run_no = k.run_no and r.state = any($1)`
const fail = `
update workflow_run set state = ${n('failed')}, total = 0, outcomes = '{}', closed_at = now(),
  reason = json_build_object('code', 'run-restored-unread', 'fields', json_build_object('at', $2::text))
where state = any($1) returning run_no`

// Nothing is left to send; but a late report could fill a fallback that was sent to after the backup.
const settle = `
with over as (
  update workflow_run set state = ${n('completed')}, closed_at = now() where state = ${n('settling')} returning run_no)
update run_call c set next_poll_at = null from over where c.run_no = over.run_no`

const note = `insert into run_events (run_no, kind, data) select unnest($1::bigint[]), $2, jsonb_build_object('code', $3::text)`

// What comes in from now on starts a run of its own; nothing new waits behind a person's decision.
const closeRows = `
update workflow_run set rows_closed_at = now() where kind = 2 and rows_closed_at is null and state = any($1)`

/** What became of the runs that were open. */
export interface Stopped {
  readonly paused: number
  readonly failed: number
}

/**
 * Stops everything that was under way when the backup was made: the world has moved on since, and what was sent after it is not known.
 * Runs with people to send to are paused until a person decides; those whose audience was still read end as failed; those that only
 * waited for reports are over. Part of the restore's transaction: no worker ever sees them open.
 */
export async function stopRuns(
  client: Pick<ClientBase, 'query'>,
  { at, migrations }: Pick<Manifest, 'at' | 'migrations'>,
): Promise<Stopped> {
  const open = [n('waiting'), n('sending'), n('paused')]
  await client.query(hold, [open])
  const paused = await client.query<{ run_no: string }>(pause, [open, at])
  await client.query(forget, [unread])
  const failed = await client.query<{ run_no: string }>(fail, [unread, at])
  await client.query(settle)
  if (migrations.includes('0006-events')) await client.query(closeRows, [open])
  const numbers = (rows: readonly { run_no: string }[]): string[] => rows.map(({ run_no }) => run_no)
  await client.query(note, [numbers(paused.rows), 'paused', 'run-restored'])
  await client.query(note, [numbers(failed.rows), 'failed', 'run-restored-unread'])
  return { paused: paused.rows.length, failed: failed.rows.length }
}
