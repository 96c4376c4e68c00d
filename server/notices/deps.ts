import type { Parts } from '#server/compose.ts'
import { createKnownRuns } from '#server/runs/known-runs.ts'
import type { NoticeDeps } from './watch.ts'

/** What the watch works with, from the parts of a process. */
export function noticeDeps(parts: Parts): NoticeDeps {
  const known = createKnownRuns(parts)
  return {
    pool: parts.pool,
    box: parts.boxes.workspace,
    http: parts.egress.forProvider('Webhook'),
    allows: parts.allows,
    log: parts.log,
    clock: parts.clock,
    plan: async (runId) => (await known.get(runId))?.plan ?? null,
  }
}
