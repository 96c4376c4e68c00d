import { clockScenarios } from './clock.ts'
import { freezeScenarios, killScenarios } from './crash.ts'
import { diskScenarios } from './disk.ts'
import { providerScenarios } from './provider.ts'
import { randomScenarios } from './random.ts'
import type { Scenario } from './scenario.ts'
import { sourceScenarios } from './source.ts'

/** Everything that `npm run torture` tries, the longest last. */
export function scenarios(): Scenario[] {
  return [
    ...killScenarios(20),
    ...randomScenarios(20),
    ...providerScenarios(2),
    ...sourceScenarios(2),
    ...clockScenarios(2),
    ...diskScenarios(2),
    ...freezeScenarios(20),
  ]
}
