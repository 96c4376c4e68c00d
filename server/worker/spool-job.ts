import { AppError } from '#runtime/sdk/index.ts'
import { spool } from '#runtime/run/spool.ts'
import { isDatabaseDown } from '#server/database/is-down.ts'
import { cancelUnspooled, failRun, finishRun } from '#server/ledger/finish.ts'
import { createSpoolLedger, SpoolTaken } from '#server/ledger/spool-ledger.ts'
import { askForLanes } from './lanes.ts'
import { prepareWhole } from './judge-prepared.ts'
import type { OpenRun, OpenRuns } from './open-runs.ts'
import { ledgerRun, type LaneHost } from './stage-lane.ts'

/**
 * Job `run-spool`: pin check, then the audience. A source that did not end properly, or columns that changed, fail the run with nothing
 * sent. Safe to be done again after a crash.
 */
export async function spoolJob(host: LaneHost, runs: OpenRuns, runId: string): Promise<void> {
  const { deps } = host
  const runNo = await runNoOf(host, runId)
  if (runNo === null) return
  try {
    const run = await runs.get(runId)
    const stop = cancelSignal(host, runId)
    const changed = await deps.plans
      .changed(run.pinned, { workspaceId: run.workspaceId, lists: run.lists, signal: stop.signal })
      .finally(() => stop.end())
    if (changed) throw changed
    await readAudience(host, run)
  } catch (error) {
    if (error instanceof SpoolTaken) return
    if (host.signal.aborted) throw error // another worker starts anew
    if (host.stopped(runId)) return cancelUnspooled(deps.pool, runNo)
    // Our own database, not the source's: a passing trouble. The job comes again and begins anew.
    if (isDatabaseDown(error)) throw error
    const reason = error instanceof AppError ? error : new AppError('internal', { requestId: `run ${runId}` }, { cause: error })
    if (!(error instanceof AppError))
      deps.log.error('A run could not be prepared', {
        runId,
        detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    await failRun(deps.pool, runNo, { reason: reason.toJSON() })
  }
}

async function readAudience(host: LaneHost, run: OpenRun): Promise<void> {
  const { deps } = host
  const client = await deps.pool.connect()
  const stop = cancelSignal(host, run.runId)
  let clean = false
  try {
    const ledger = createSpoolLedger(ledgerRun(host, run), client, () => prepareWhole(host, run, { client, signal: stop.signal }))
    const end = await spool({ plan: run.plan, ledger, context: run.context(stop.signal), testAddresses: run.testAddresses })
    clean = end.kind === 'complete'
    if (end.kind === 'cancelled') return await cancelUnspooled(deps.pool, run.runNo)
  } finally {
    stop.end()
    // The connection holds the lock of the spool, and perhaps a COPY: it is never used again.
    client.release(true)
  }
  await deps.pool.query(`select pg_notify('alimflow_run', $1)`, [run.runId])
  if ((await finishRun(deps.pool, run)) !== 'open' || !clean) return
  for (const stage of run.plan.stages) if (stage.kind !== 'audience') await askForLanes(deps, run, stage.no)
}

/** Ends the reading of a source when the run is cancelled or the worker goes. */
function cancelSignal(host: LaneHost, runId: string): { signal: AbortSignal; end(): void } {
  const controller = new AbortController()
  const timer = setInterval(() => {
    if (host.stopped(runId)) controller.abort(new AppError('cancelled', {}))
  }, 100)
  return { signal: AbortSignal.any([controller.signal, host.signal]), end: () => clearInterval(timer) }
}

async function runNoOf(host: LaneHost, runId: string): Promise<number | null> {
  const { rows } = await host.deps.pool.query<{ run_no: string }>(
    'select run_no from workflow_run where id = $1 and state in (0, 1)',
    [runId],
  )
  return rows[0] ? Number(rows[0].run_no) : null
}
