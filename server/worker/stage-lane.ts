import type { Plan, SendStage } from '#runtime/compile/plan.ts'
import { RETRY_WAITS_MS } from '#runtime/run/decide.ts'
import { runReshape } from '#runtime/run/reshape.ts'
import { runLane, type LaneEnd } from '#runtime/run/send.ts'
import type { Sender } from '#runtime/run/sender.ts'
import type { ProviderType } from '#runtime/sdk/index.ts'
import { pricesOf } from '#runtime/sdk/prices.ts'
import { createSendLedger } from '#server/ledger/send-ledger.ts'
import { steadyLedger } from '#server/ledger/steady.ts'
import type { SendRun } from '#server/ledger/ledger-run.ts'
import type { Limits } from '#server/limits/limits.ts'
import { postponeChunks } from '#server/limits/postpone.ts'
import type { EngineDeps, OpenProvider } from './engine-deps.ts'
import type { OpenRun } from './open-runs.ts'
import { readTimedFrom } from './timed-from.ts'
import type { Hands } from './hands.ts'
import type { Progress } from './progress.ts'

/** A claim lasts longer than a call may take. */
const LEAST_WINDOW_MS = 60_000
const SLACK_MS = 15_000

/** What a lane of any stage needs of its worker. */
export interface LaneHost {
  readonly deps: EngineDeps
  readonly worker: number
  readonly progress: Progress
  /** Chunks that lanes of this process work on. */
  readonly hands: Hands
  /** Who may call over which connection, and when. */
  readonly limits: Limits
  /** Cut off everything: the worker lost its place, or stops hard. */
  readonly signal: AbortSignal
  /** Nothing new may begin for this run: it was cancelled, or the worker stops. */
  stopped(runId: string): boolean
}

/** The tables as this worker sees one run. */
export function ledgerRun(host: LaneHost, run: OpenRun): SendRun {
  const { deps, signal, worker } = host
  const { runNo, plan, key, hash } = run
  return { pool: deps.pool, runNo, plan, key, worker, hash, judgement: { signal } }
}

export interface StageTurn {
  readonly nodeNo: number
  readonly closing: boolean
  /** The lane's turn is over, others wait: it hands back what it has not called. */
  givesWay?(): boolean
}

/** Works as one lane of a stage until nothing is ready. `closing`: what is left of a cancelled run becomes `cancelled`. */
export async function workStage(host: LaneHost, run: OpenRun, options: StageTurn): Promise<LaneEnd> {
  const stage = run.plan.stages.find((one) => one.kind !== 'audience' && one.no === options.nodeNo)
  if (!stage || stage.kind === 'audience') throw new Error(`Run ${run.runNo} has no stage ${options.nodeNo}`)
  const stopped = (): boolean =>
    host.signal.aborted || (!options.closing && (host.stopped(run.runId) || options.givesWay?.() === true))
  if (stage.kind === 'send') return runLane(await openSender(host, run, { stage, closing: options.closing, stopped }))
  const ledger = host.hands.watch(
    run.runNo,
    steadyLedger(createSendLedger(ledgerRun(host, run), LEAST_WINDOW_MS)),
    LEAST_WINDOW_MS,
  )
  const context = run.context(host.signal)
  return runReshape({
    plan: run.plan,
    stage,
    ledger,
    context,
    log: host.deps.log,
    closing: options.closing,
    now: run.now,
    stopped,
  })
}

/** The sender of one stage: its provider opened, its tables at hand. Throws `connection-missing`. */
export async function openSender(
  host: LaneHost,
  run: OpenRun,
  options: { stage: SendStage; closing: boolean; stopped(): boolean },
): Promise<Sender> {
  const { deps } = host
  const connectionId = connectionOf(run.plan, options.stage)
  const opening = deps.provider(run.workspaceId, connectionId)
  // Closing sends nothing: a connection that is gone only means that nobody can be asked about rows in doubt.
  const provider = await (options.closing ? opening.catch(() => nobody) : opening)
  const type = priced(limited(provider.type, deps.tuning?.slice), provider.settings)
  const kind = run.urgent ? 'single' : 'bulk'
  const windowMs = deps.tuning?.windowMs ?? Math.max(LEAST_WINDOW_MS, type.limits.timeoutMs + SLACK_MS)
  const ledger = steadyLedger(createSendLedger(ledgerRun(host, run), windowMs))
  let timedFrom = await readTimedFrom(deps.pool, run.runId)
  return {
    runNo: run.runNo,
    // A lane that waits for leave has nothing in its hands, and may live through a pause: each chunk says anew what counts.
    get timedFrom() {
      return timedFrom ?? run.startedAt.getTime()
    },
    plan: run.plan,
    stage: options.stage,
    ledger: host.hands.watch(
      run.runNo,
      {
        ...ledger,
        async take(options) {
          const chunk = await ledger.take(options)
          if (chunk) ({ timedFrom } = chunk)
          return chunk
        },
      },
      windowMs,
    ),
    provider: type,
    connection: { id: connectionId, name: provider.name },
    session: provider.session,
    now: run.now,
    log: deps.log,
    context: run.context(host.signal),
    retryWaits: deps.tuning?.retryWaits ?? RETRY_WAITS_MS,
    windowMs,
    gate: host.limits.gate({ workspaceId: run.workspaceId, connectionId, type, settings: provider.settings }, kind),
    postpone: (ms) => postponeChunks(deps.pool, { runNo: run.runNo, nodeNo: options.stage.no, ms }),
    closing: options.closing,
    stopped: () => options.stopped(),
    signal: host.signal,
    progress: (nodeNo, sent, failed) => host.progress.add(run, nodeNo, { sent, failed }),
  }
}

const nobody: OpenProvider = {
  type: {
    kind: '',
    title: { en: '', ko: '' },
    channels: [],
    settings: {},
    secrets: {},
    limits: { batch: 1000, timeoutMs: 1000 },
    errors: {},
    open: () => nobody.session,
  },
  session: {
    validate: () => Promise.reject(new Error('There is no provider')),
    send: () => Promise.reject(new Error('There is no provider')),
  },
  name: '',
  settings: {},
}

function limited(type: ProviderType, slice: number | undefined): ProviderType {
  return slice === undefined ? type : { ...type, limits: { ...type.limits, batch: Math.min(slice, type.limits.batch) } }
}

/** Once a stage, so that a message asks nothing but its kind's price. */
function priced(type: ProviderType, settings: OpenProvider['settings']): ProviderType {
  const prices = pricesOf(type, settings)
  return prices === type.prices || !prices ? type : { ...type, prices }
}

/** Id of the connection that a send stage sends over. */
export function connectionOf(plan: Plan, stage: SendStage): string {
  const node = plan.nodes[stage.channel]
  const channel = node?.type.channel
  if (!node || !channel) throw new Error(`The plan has no channel ${stage.channel}`)
  return channel.connection(node.config)
}
