import type { SendStage } from '#runtime/compile/plan.ts'
import { healthOf } from '#runtime/run/call-end.ts'
import type { Leave } from '#runtime/run/gate.ts'
import { askForLeave, waitUntil } from '#runtime/run/leave.ts'
import { CallFailed } from '#runtime/sdk/index.ts'
import type { OpenProvider } from '#server/worker/engine-deps.ts'
import type { OpenRun } from '#server/worker/open-runs.ts'
import { connectionOf, type LaneHost } from '#server/worker/stage-lane.ts'
import { checkedAnswer, type CheckedAnswer } from './checked.ts'

/** What a provider said of a call, or when it may be asked. */
export type ReportsAnswer =
  | {
      readonly kind: 'answered'
      readonly provider: OpenProvider
      readonly answer: CheckedAnswer
    }
  /** It cannot be asked for reports. */
  | { readonly kind: 'never' }
  /** The limit of its connection, or the provider itself, says when. */
  | { readonly kind: 'later'; readonly ms: number }
  | { readonly kind: 'failed' }

/** Asks a provider for the reports of one call. Questions count against the limit of the connection like every other call. */
export async function askReports(
  host: LaneHost,
  run: OpenRun,
  { stage, call }: { stage: SendStage; call: { handle: string; poll_cursor: string | null } },
): Promise<ReportsAnswer> {
  const connectionId = connectionOf(run.plan, stage)
  let leave: Leave | null = null
  try {
    const provider = await host.deps.provider(run.workspaceId, connectionId)
    if (!provider.session.poll) return { kind: 'never' }
    const { type, settings } = provider
    const gate = host.limits.gate({ workspaceId: run.workspaceId, connectionId, type, settings }, 'bulk')
    const stopped = (): boolean => host.signal.aborted || host.stopped('')
    const got = await askForLeave({ gate, stopped }, 0)
    if (got.kind === 'wait') return { kind: 'later', ms: Math.max(got.ms, 1_000) }
    leave = got
    if (!(await waitUntil({ stopped }, leave.at))) return { kind: 'later', ms: 0 }
    const said: unknown = await provider.session.poll(call.handle, { cursor: call.poll_cursor, signal: host.signal })
    leave.ended({ kind: 'answered' })
    const answer = checkedAnswer(said, Date.now())
    if (answer.unreadable > 0)
      host.deps.log.warn('Reports could not be read and are skipped', { nodeNo: stage.no, count: answer.unreadable })
    return { kind: 'answered', provider, answer }
  } catch (error) {
    leave?.ended(healthOf(error, false))
    host.deps.log.warn('Reports could not be asked for', {
      nodeNo: stage.no,
      detail: error instanceof Error ? error.message : String(error),
    })
    const retryAfterMs = error instanceof CallFailed ? error.retryAfterMs : undefined
    return retryAfterMs === undefined ? { kind: 'failed' } : { kind: 'later', ms: retryAfterMs }
  } finally {
    leave?.unused()
  }
}
