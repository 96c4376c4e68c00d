import { freezeScenarios, killScenarios } from './crash.ts'
import { randomScenarios } from './random.ts'
import type { Scenario } from './scenario.ts'

/** Everything that `npm run torture` tries. */
export function scenarios(): Scenario[] {
  return [...killScenarios(20), ...randomScenarios(20), ...freezeScenarios(20)]
}
