import type { PoolClient } from 'pg'
import type { SendStage } from '#runtime/compile/plan.ts'
import { chunkOf, placeOf } from '#runtime/run/chunk.ts'
import { fallsBack } from '#runtime/run/decide.ts'
import { pickAnswers } from '#runtime/run/frozen-reads.ts'
import { onwardKind } from '#runtime/run/pack-again.ts'
import { pickRows } from '#runtime/run/pick-rows.ts'
import { openPrepare } from '#runtime/run/prepare.ts'
import { stagesAt } from '#runtime/run/results.ts'
import { runStateNumber } from '#runtime/states/run-states.ts'
import type { LedgerRun } from '#server/ledger/ledger-run.ts'
import { encodeChunks, insertChunks } from '#server/ledger/new-chunks.ts'
import { readChunk } from '#server/ledger/send-again.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import type { MovedMessage } from './apply.ts'

/**
 * Messages that a report says were not delivered go to the fallback of their channel: new chunks, in the transaction that moved the
 * messages, so that each goes there once. The same frozen values, the same text. True: the run sends them, now or when it goes on.
 */
export async function fallBack(
  client: PoolClient,
  run: { open: OpenRun; ledger: LedgerRun; signal: AbortSignal },
  moved: readonly MovedMessage[],
): Promise<boolean> {
  const undelivered = moved.filter((message) => message.state === 'failed' && fallsBack(message.class))
  const wanted = undelivered.filter((message) => stageOf(run.open, message.nodeNo) !== null)
  if (wanted.length === 0 || !(await sendsAgain(client, run.open))) return false
  const groups = Map.groupBy(wanted, (message) => `${message.nodeNo} ${message.chunkNo}`)
  for (const messages of groups.values()) await fallBackChunk(client, run, messages)
  return true
}

/** The stage of a channel, if it has a fallback. */
function stageOf(run: OpenRun, nodeNo: number): SendStage | null {
  const stage = run.plan.stages.find((one) => one.kind === 'send' && one.no === nodeNo)
  return stage?.kind === 'send' && stagesAt({ stage }, 'undelivered').length > 0 ? stage : null
}

/** States in which a run still sends, now or later. */
const OPEN = (['sending', 'settling', 'waiting', 'paused'] as const).map(runStateNumber)

/**
 * A run that is over or cancelled sends nothing more; one that settles goes back to sending. One that waits or is paused stays as it is:
 * nobody takes a chunk of it before it goes on, so the fallback waits there with the rest.
 */
async function sendsAgain(client: PoolClient, run: OpenRun): Promise<boolean> {
  const { rowCount } = await client.query(
    'update workflow_run set state = case when state = $4 then $2 else state end where run_no = $1 and state = any($3) and not cancel_requested',
    [run.runNo, runStateNumber('sending'), OPEN, runStateNumber('settling')],
  )
  return rowCount === 1
}

async function fallBackChunk(
  client: PoolClient,
  { open, ledger, signal }: { open: OpenRun; ledger: LedgerRun; signal: AbortSignal },
  messages: readonly MovedMessage[],
): Promise<void> {
  const { nodeNo = 0, chunkNo: no = 0 } = messages[0] ?? {}
  const stage = stageOf(open, nodeNo)
  if (!stage) return
  const found = await readChunk(client, ledger, { nodeNo, chunkNo: no })
  const places = messages
    .map((message) => placeOf(found.rows.seqs, message.seq))
    .filter((place) => place >= 0)
    .toSorted((a, b) => a - b)
  const prepare = await openPrepare({ plan: open.plan, stage, context: open.context(signal), ledger })
  const prepared = await prepare({ rows: pickRows(found.rows, places), answers: pickAnswers(found.answers, places) })
  const rows = chunkOf(prepared.items ?? [])
  const chunks = stagesAt({ stage }, 'undelivered').map((target) => ({
    nodeNo: target,
    attempt: 1,
    rows,
    answers: null,
    readyInMs: 0,
    held: false,
    kind: onwardKind(found.kind),
  }))
  const arrays = await encodeChunks(ledger, chunks, client)
  await client.query(`with ch as (select 1), ${insertChunks(2, 'ch')} select 1 from ch where $1::bigint is not null`, [
    open.runNo,
    ...arrays,
  ])
}
