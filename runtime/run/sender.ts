import type { Plan, SendStage } from '#runtime/compile/plan.ts'
import type { Log, NodeContext, ProviderSession, ProviderType, ReportedCost } from '#runtime/sdk/index.ts'
import type { Gate } from './gate.ts'
import type { SendLedger } from './ledger.ts'

/** Makes the context of a node; `report` hears what its queries cost. */
export type ContextFor = (nodeId: string, report: (cost: ReportedCost) => void) => NodeContext

/** What all lanes of one send stage of one run share. */
export interface Sender {
  readonly runNo: number
  /** ms since 1970: the time of its messages counts from here. The run's start, or when a person said that it may go now. */
  readonly timedFrom: number
  readonly plan: Plan
  readonly stage: SendStage
  readonly ledger: SendLedger
  readonly provider: ProviderType
  /** The connection it sends over, and what people call it. */
  readonly connection: { readonly id: string; readonly name: string }
  readonly session: ProviderSession
  /** ms since 1970 by the clock that `timedFrom` is of, the database's: not this machine's, which somebody may set. */
  readonly now: () => number
  readonly log: Log
  readonly context: ContextFor
  /** Waits between attempts, ms; their number is the number of retries. */
  readonly retryWaits: readonly number[]
  /** How long a claimed slice is ours, ms: longer than a call may take, and slack. */
  readonly windowMs: number
  /** Who may call over the connection, and when. */
  readonly gate: Gate
  /** Nobody may call for so long: what is open of the stage waits, and uses up no attempt. */
  readonly postpone: (ms: number) => Promise<void>
  /** Nothing is sent any more: what is left becomes `cancelled`. */
  readonly closing: boolean
  /** Set while the run was cancelled or paused, or the worker is about to stop: no new call. */
  stopped(): boolean
  /** The worker dies: calls are cut off. */
  readonly signal: AbortSignal
  /** Heard after each record. */
  progress(nodeNo: number, sent: number, failed: number): void
}

/** Rows one call carries. */
export function sliceOf(sender: Pick<Sender, 'provider'>): number {
  return Math.max(1, Math.min(1000, sender.provider.limits.batch))
}
