import type { PoolClient } from 'pg'
import type { TakenChunk } from '#runtime/run/ledger.ts'
import { AppError } from '#runtime/sdk/index.ts'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import type { RunState } from '#schemas/states.ts'
import { numberArray } from './array-literal.ts'
import type { LedgerRun } from './ledger-run.ts'
import { lockRun, reopenRun } from './reopen.ts'
import { sendAgain } from './send-again.ts'
import { FREED_FROM_US } from './until-judged.ts'
import { withClient } from './with-client.ts'

/** Of whoever judged rows that he could not know anything about, and certainly did not call for. */
const JUDGED = 'in-doubt'
/** Who did it, in the messages' stories. */
const ACTOR = 'worker'

// The chunk was freed from us, taken once since, and given to nobody after that: what is called in doubt in it was called for by nobody.
const looking = `
with k as (select 1 from run_chunk where run_no = $1::bigint and node_no = $2::smallint and no = $3::int and freed_epoch = $4::int and epoch = $4::int + 2)
select m.seq, m.state = ${messageStateNumber('unconfirmed')} and m.error_code = '${JUDGED}' as judged
from k, messages m
where m.run_no = $1 and m.node_no = $2 and m.attempt = $5::smallint and m.chunk_no = $3 and m.seq = any($6::int[])`

/**
 * A worker slept, others took its chunk over, and it wakes: of the rows [from, claimed) it knows that it never called for them, while who
 * took over could only call them unconfirmed. They are sent now, as their next attempt, in the time that the channel gives them.
 * @returns false: some of them are still being asked about, and it is to be said once more
 */
export async function sayNotCalled(run: LedgerRun, chunk: TakenChunk, from: number): Promise<boolean> {
  const seqs = chunk.rows.seqs.slice(from, chunk.claimed)
  if (seqs.length === 0) return true
  return withClient(run.pool, async (client) => {
    await client.query('begin')
    const state = await lockGoing(client, run.runNo)
    const place = [run.runNo, chunk.nodeNo, chunk.no, chunk.epoch]
    const mine = state !== null && (await client.query(FREED_FROM_US, place)).rows.length > 0
    const { rows } = mine
      ? await client.query<{ seq: number; judged: boolean }>(looking, [...place, chunk.attempt, numberArray(seqs)])
      : { rows: [] }
    const judged = rows.flatMap((row) => (row.judged ? [row.seq] : []))
    if (state && judged.length > 0) await again(client, run, { chunk, seqs: judged, state })
    await client.query('commit')
    return !mine || rows.length === seqs.length
  })
}

/** Locks the run: whoever resolves its messages or ends it does so too. Null: nothing more is sent in it. */
async function lockGoing(client: PoolClient, runNo: number): Promise<RunState | null> {
  try {
    const { state } = await lockRun(client, runNo)
    return state === 'cancelled' ? null : state
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

async function again(
  client: PoolClient,
  run: LedgerRun,
  { chunk, seqs, state }: { chunk: TakenChunk; seqs: readonly number[]; state: RunState },
): Promise<void> {
  const group = { nodeNo: chunk.nodeNo, chunkNo: chunk.no, attempt: chunk.attempt, seqs: seqs.toSorted((a, b) => a - b) }
  const how = { from: [messageStateNumber('unconfirmed')], actor: ACTOR, held: state === 'paused', kind: chunk.kind }
  const count = await sendAgain(client, run, { groups: [group], how })
  if (count === 0) return
  await reopenRun(client, { runNo: run.runNo, state })
  await client.query('insert into run_events (run_no, kind, actor, data) values ($1, $2, $3, $4)', [
    run.runNo,
    'resend',
    ACTOR,
    { messages: count, states: ['unconfirmed'] },
  ])
  await client.query('select pg_notify($1, id::text) from workflow_run where run_no = $2', ['alimflow_run', run.runNo])
}
