import type { Log } from '#runtime/sdk/index.ts'
import type { Parts } from '#server/compose.ts'
import { OpenRuns, type OpenRun } from '#server/worker/open-runs.ts'
import { createPlans } from '#server/worker/plans.ts'

/** Runs opened to be read. Nothing of them changes, so they are kept for a while. */
export interface KnownRuns {
  /** Null: it cannot be opened any more (a plugin is gone); counts can still be shown. One whose key was deleted has none. */
  get(runId: string): Promise<OpenRun | null>
  /** Its key was deleted: it is opened anew, without. */
  forget?(runId: string): void
}

/** Opens runs with the plans and keys that their workers use: the same text, the same masking. */
export function createKnownRuns(parts: Pick<Parts, 'pool' | 'boxes' | 'registry' | 'host'> & { log: Log }): KnownRuns {
  const host: Parts['host'] = (workspaceId) => parts.host(workspaceId)
  const runs = new OpenRuns({
    pool: parts.pool,
    runKeys: parts.boxes.runKeys,
    workspaceKeys: parts.boxes.workspace,
    plans: createPlans({ registry: parts.registry, host }),
    host,
    erased: true,
  })
  return {
    forget: (runId) => runs.forget(runId),
    get: (runId) =>
      runs.get(runId).catch((error: unknown) => {
        parts.log.warn('A run cannot be opened for reading', {
          runId,
          detail: error instanceof Error ? error.message : String(error),
        })
        return null
      }),
  }
}
