import type { Host } from '#runtime/host.ts'
import type { AgainDeps } from '#server/runs/again.ts'
import { createBox } from '#server/secrets/box.ts'
import { OpenRuns } from '../open-runs.ts'
import type { Bench } from './harness.ts'

/** What sending again needs, over the plans of a bench. Nothing of it reaches outside. */
export function againDeps(bench: Bench): AgainDeps {
  const runs = new OpenRuns({
    pool: bench.database.pool,
    runKeys: createBox(bench.ring, 'run-key'),
    workspaceKeys: createBox(bench.ring, 'workspace'),
    plans: bench.real?.plans ?? {
      plan: async ({ document }) => bench.plans.get(document.name) ?? Promise.reject(new Error('There is no such plan')),
      changed: async () => null,
    },
    host: async () => bench.real?.host ?? ({} as Host),
  })
  return { runs: bench.deps, known: { get: (runId) => runs.get(runId) } }
}
