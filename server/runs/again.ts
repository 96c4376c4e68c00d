import type { PoolClient } from 'pg'
import { messageStateNumber } from '#runtime/states/message-states.ts'
import { AppError } from '#runtime/sdk/index.ts'
import type { ResendInput, ResendResult, RunResolveInput } from '#schemas/api/runs.ts'
import { refreshEnd } from '#server/ledger/finish.ts'
import type { LedgerRun } from '#server/ledger/ledger-run.ts'
import { lockRun, reopenRun } from '#server/ledger/reopen.ts'
import { againNodes, findAgain } from '#server/ledger/resend.ts'
import { sendLeftOutAgain } from '#server/ledger/resend-left-out.ts'
import { findUnconfirmed, resolveAsSent, type Unconfirmed } from '#server/ledger/resolve.ts'
import { sendAgain } from '#server/ledger/send-again.ts'
import { withClient } from '#server/ledger/with-client.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import { SENT_OUT } from './actions.ts'
import { wakeRun, type ControlCall } from './control.ts'
import type { KnownRuns } from './known-runs.ts'
import type { RunDeps } from './start.ts'

/** Without a worker's number: nothing here takes a chunk. */
const NOBODY = 0

export interface AgainDeps {
  readonly runs: RunDeps
  readonly known: Pick<KnownRuns, 'get'>
}

async function openRun({ known }: AgainDeps, runId: string): Promise<OpenRun> {
  const open = await known.get(runId)
  if (!open) throw new AppError('part-down', { part: 'run', detail: '' })
  return open
}

const ledgerOf = ({ runs }: AgainDeps, { runNo, key, hash }: OpenRun): LedgerRun => ({
  pool: runs.pool,
  runNo,
  key,
  hash,
  worker: NOBODY,
})

/** Runs `work` in a transaction of its own, or in the caller's. */
async function inTransaction<T>(
  deps: AgainDeps,
  client: PoolClient | null,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  if (client) return work(client)
  return withClient(deps.runs.pool, async (own) => {
    await own.query('begin')
    const result = await work(own)
    await own.query('commit')
    return result
  })
}

interface Told extends ControlCall {
  readonly action: 'resend' | 'resolve'
  readonly data: object
}

/** What a person did stands in the run's story and in the workspace's. Ids and counts only. */
async function writeDown(client: PoolClient, runNo: number, { workspaceId, runId, actor, action, data }: Told): Promise<void> {
  await client.query('insert into run_events (run_no, kind, actor, data) values ($1, $2, $3, $4)', [runNo, action, actor, data])
  await client.query(
    `insert into audit_event (workspace_id, actor, action, target_kind, target_id, data) values ($1, $2, $3, 'run', $4, $5)`,
    [workspaceId, actor, `run.${action}`, runId, data],
  )
  await client.query(`select pg_notify('alimflow_run', $1)`, [runId])
}

/**
 * Sends the same texts once more to those who did not get theirs, in the same run: who has a message, or may have one, gets no second. The
 * run goes back to sending and ends anew. `client`: the caller's transaction (`Idempotency-Key`).
 * @throws AppError `not-found`, `run-still-sending`, `run-failed-unsent`, `run-erased`, `part-down`
 */
export async function resendRun(
  deps: AgainDeps,
  call: ControlCall,
  { wish, client }: { wish: ResendInput; client: PoolClient | null },
): Promise<ResendResult> {
  const open = await openRun(deps, call.runId)
  const { runNo, plan } = open
  const messages = await inTransaction(deps, client, async (tx) => {
    const { state } = await lockRun(tx, runNo)
    if (!SENT_OUT.includes(state)) throw new AppError('run-still-sending', {})
    const ledger = ledgerOf(deps, open)
    const nodeNos = wish.nodeIds ? wish.nodeIds.flatMap((id) => plan.nodes[id]?.no ?? []) : null
    let count = 0
    for (const one of wish.states ?? (['failed', 'expired'] as const)) {
      const filter = { states: [one], nodeNos, codes: wish.codes ?? null }
      const how = { from: [messageStateNumber(one)], actor: call.actor, held: false }
      const groups = await findAgain(tx, { runNo, plan }, { filter, nodeNos: againNodes(plan, one) })
      count += await sendAgain(tx, ledger, { groups, how })
      if (one === 'failed') count += await sendLeftOutAgain(tx, { open, ledger }, { filter, how })
    }
    if (count === 0) return 0
    await reopenRun(tx, { runNo, state })
    await writeDown(tx, runNo, {
      ...call,
      action: 'resend',
      data: { messages: count, states: wish.states ?? ['failed', 'expired'] },
    })
    return count
  })
  if (messages > 0 && !client) await wakeRun(deps.runs, { runId: call.runId, runNo })
  return { runId: call.runId, messages }
}

/**
 * A person says what became of messages that could not be confirmed: they were sent, or they are to be sent again (which may reach someone
 * twice). One message, or all of a run or of one of its steps.
 * @throws AppError `not-found`, `message-not-unconfirmed`, `run-being-cancelled`, `run-erased`, `part-down`
 */
export async function resolveMessages(
  deps: AgainDeps,
  call: ControlCall,
  { as, which }: { as: RunResolveInput['as']; which: Unconfirmed },
): Promise<ResendResult> {
  const open = await openRun(deps, call.runId)
  const { runNo, plan } = open
  const messages = await withClient(deps.runs.pool, async (client) => {
    await client.query('begin')
    const { state, cancelRequested } = await lockRun(client, runNo)
    const going = !SENT_OUT.includes(state)
    if (as === 'resend' && going && cancelRequested) throw new AppError('run-being-cancelled', {})
    const groups = await findUnconfirmed(client, runNo, which)
    const how = { from: [messageStateNumber('unconfirmed')], actor: call.actor, held: state === 'paused' }
    const count =
      as === 'sent'
        ? await resolveAsSent(client, runNo, { groups, actor: call.actor })
        : await sendAgain(client, ledgerOf(deps, open), { groups, how })
    if (count === 0 && which.message) throw new AppError('message-not-unconfirmed', {})
    if (count > 0) {
      if (as === 'resend') await reopenRun(client, { runNo, state })
      else if (!going) await refreshEnd(client, { runNo, plan })
      await writeDown(client, runNo, { ...call, action: 'resolve', data: { as, messages: count } })
    }
    await client.query('commit')
    return count
  })
  if (messages > 0 && as === 'resend') await wakeRun(deps.runs, { runId: call.runId, runNo })
  return { runId: call.runId, messages }
}
