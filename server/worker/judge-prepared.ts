import type { PoolClient } from 'pg'
import type { SendStage } from '#runtime/compile/plan.ts'
import { guardsOf, judgesPrepared, type PreparedFacts } from '#runtime/run/guards.ts'
import { openPrepare, type Prepared } from '#runtime/run/prepare.ts'
import { PreparedTally } from '#runtime/run/prepared-tally.ts'
import { pricesOf } from '#runtime/sdk/prices.ts'
import type { Guards } from '#schemas/guards.ts'
import { encodeAnswers } from '#server/ledger/codec.ts'
import type { LedgerRun } from '#server/ledger/ledger-run.ts'
import { addNodeCounts } from '#server/ledger/node-counts.ts'
import { readChunk } from '#server/ledger/send-again.ts'
import type { OpenRun } from './open-runs.ts'
import { connectionOf, ledgerRun, type LaneHost } from './stage-lane.ts'

/**
 * Where a guard needs it or a person is asked, prepares an audience as a whole before its first message: every query is answered and frozen beside its chunk (so
 * that nothing is asked twice), every text is made, and what is missing and what it costs is counted. Null: nobody asks for it. Called
 * while the run prepares, so that nobody sees the chunks yet.
 */
export async function prepareWhole(
  host: LaneHost,
  run: OpenRun,
  { client, signal }: { client: PoolClient; signal: AbortSignal },
): Promise<PreparedFacts | null> {
  const { rows } = await client.query<{ kind: number; asks: boolean; guards: Guards }>(
    'select r.kind, r.asks, w.guards from workflow_run r join workspace w on w.id = r.workspace_id where r.run_no = $1',
    [run.runNo],
  )
  const found = rows[0]
  if (found?.kind !== 0) return null
  if (!found.asks && !judgesPrepared(guardsOf(run.pinned.document.settings?.guards, found.guards))) return null
  const tally = new PreparedTally()
  for (const stage of run.plan.stages) {
    if (stage.kind === 'audience' || stage.after) continue
    // Rows that are reshaped after a query, or that wait, are known only when that is done: then it is for a person to say.
    if (stage.kind === 'rows') return UNKNOWN
    await prepareStage(host, run, { stage, client, signal, tally })
  }
  return tally.facts()
}

const UNKNOWN: PreparedFacts = { missing: null, cost: null, ready: null, channels: [] }

interface StageWork {
  readonly stage: SendStage
  readonly client: PoolClient
  readonly signal: AbortSignal
  readonly tally: PreparedTally
}

async function prepareStage(host: LaneHost, run: OpenRun, work: StageWork): Promise<void> {
  const { stage, client, signal, tally } = work
  const ledger = ledgerRun(host, run)
  const prepare = await openPrepare({ plan: run.plan, stage, context: run.context(signal), ledger })
  const { type, settings } = await host.deps.provider(run.workspaceId, connectionOf(run.plan, stage))
  const prices = pricesOf(type, settings)
  const { rows: chunks } = await client.query<{ no: number }>(
    'select no from run_chunk where run_no = $1 and node_no = $2 and state = 0 order by no',
    [run.runNo, stage.no],
  )
  const channel = tally.channel(stage.channel, prices)
  for (const { no } of chunks) {
    signal.throwIfAborted()
    const chunk = await readChunk(client, ledger, { nodeNo: stage.no, chunkNo: no })
    const prepared = await prepare(chunk)
    await freeze(ledger, { client, nodeNo: stage.no, no, prepared })
    channel.add(chunk.rows.seqs, prepared)
  }
}

async function freeze(
  ledger: LedgerRun,
  { client, nodeNo, no, prepared }: { client: PoolClient; nodeNo: number; no: number; prepared: Prepared },
): Promise<void> {
  if (prepared.reads.length > 0) await addNodeCounts(ledger, { counts: [], reads: prepared.reads }, client)
  if (!prepared.asked) return
  await client.query('insert into run_answers (run_no, node_no, chunk_no, answers) values ($1, $2, $3, $4)', [
    ledger.runNo,
    nodeNo,
    no,
    encodeAnswers(ledger.key, { runNo: ledger.runNo, nodeNo, no }, prepared.asked),
  ])
}
