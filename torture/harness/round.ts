import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel } from './channels.ts'
import type { Platform } from './platform.ts'
import type { RunRow } from './run-row.ts'
import type { Shape } from './documents.ts'
import { judge, type Verdict } from './verdict.ts'

/** What one round did and found; a line of torture/results.json. */
export interface Round extends Verdict {
  readonly scenario: string
  readonly channel: Channel
  readonly shape: Shape
  /** Something was killed, frozen or broken: a round in which nothing happened proves nothing. */
  readonly struck: boolean
  /** Calls of what was struck that were under way at that moment. */
  readonly inFlight: number
  readonly state: string
  readonly reason: string | null
  /** Error codes at its messages. */
  readonly codes: readonly string[]
  /** From the blow to the end of the run, s. */
  readonly seconds: number
}

export interface Blow {
  readonly struck: boolean
  readonly inFlight: number
  /** `performance.now()` of it. */
  readonly at: number
}

export interface RoundPlan {
  /** How the run must stand in the end; default completed. A paused one has sent nothing that is not told. */
  readonly end?: 'completed' | 'paused' | 'failed'
  readonly scenario: string
  readonly channel: Channel
  readonly shape: Shape
  /** Unconfirmed messages that may remain, given what was struck. */
  mayBeUnconfirmed(blow: Blow): number
  /** Starts before the run; settles when the blow has fallen and what was taken away is back. */
  strike(platform: Platform, stopped: AbortSignal): Promise<Blow>
}

/** A run may take this long after the blow: deadline (60 s), grace and retries are inside. */
const PATIENCE_MS = 240_000

/** One run with one blow, and the judgement of it. */
export async function playRound(platform: Platform, plan: RoundPlan): Promise<Round> {
  const over = new AbortController()
  const striking = plan.strike(platform, over.signal)
  striking.catch(() => undefined) // waited for below
  const runId = await startPatiently(platform, plan)
  const ended = platform.until(runId, ['completed', 'paused'], PATIENCE_MS)
  // A run that ended before anything was struck ends the waiting for it.
  void ended.then(() => over.abort())
  const blow = await striking
  await ended
  // Who woke up may have opened it again.
  const run = await platform.until(runId, ['completed', 'paused'], PATIENCE_MS)
  const verdict = await judge(platform.evidence, run, {
    mayBeUnconfirmed: plan.mayBeUnconfirmed(blow),
    held: run.state === 'paused',
  })
  const codes = await platform.database.query<{ code: string }>(
    'select distinct error_code as code from messages where run_no = $1 and error_code is not null',
    [run.runNo],
  )
  const stuck =
    run.state === (plan.end ?? 'completed')
      ? []
      : [`the run stands at ${run.state}: ${JSON.stringify(run.reason)} ${await openChunks(platform, run)}`]
  return {
    ...verdict,
    violations: [...verdict.violations, ...stuck],
    scenario: plan.scenario,
    channel: plan.channel,
    shape: plan.shape,
    struck: blow.struck,
    inFlight: blow.inFlight,
    state: run.state,
    reason: run.reason?.code ?? null,
    codes: codes.map(({ code }) => code),
    seconds: Math.round((performance.now() - blow.at) / 100) / 10,
  }
}

/** A server that was killed a moment ago may be starting. */
async function startPatiently(platform: Platform, plan: RoundPlan): Promise<string> {
  for (let tries = 0; ; tries++) {
    try {
      return await platform.execute(plan.shape, plan.channel)
    } catch (error) {
      if (tries > 100) throw error
      await sleep(200)
    }
  }
}

async function openChunks(platform: Platform, run: RunRow): Promise<string> {
  const rows = await platform.database.query(
    `select node_no, no, attempt, n, state, claimed, epoch, doubt, owner, ready_at, send_deadline, sent, unconfirmed from run_chunk
     where run_no = $1 and state <> 2 limit 5`,
    [run.runNo],
  )
  return JSON.stringify(rows)
}

/** Gives the order to die or freeze to whichever worker comes first to the place; settles when one obeyed, or the run is over. */
export async function orderCrash(platform: Platform, order: string, stopped: AbortSignal): Promise<Blow> {
  const fired = `${platform.orderFile}.fired`
  rmSync(fired, { force: true })
  writeFileSync(platform.orderFile, `${order} ${Date.now()}`)
  while (!existsSync(fired)) {
    if (stopped.aborted) {
      rmSync(platform.orderFile, { force: true })
      return { struck: false, inFlight: 0, at: performance.now() }
    }
    await sleep(5)
  }
  return { struck: true, inFlight: platform.fake.inFlight, at: performance.now() }
}
