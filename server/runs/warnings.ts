import type { Plan } from '#runtime/compile/plan.ts'
import { errorText } from '#schemas/errors.ts'
import type { Language } from '#schemas/localized.ts'
import type { RunWarning } from '#schemas/run.ts'
import type { RunSums } from './sums.ts'

/** What did not stop a run and should be known: a query that found several rows where one was meant, by its step. */
export function warningsOf(plan: Plan | null, sums: RunSums | undefined, language: Language): RunWarning[] {
  if (!plan || !sums) return []
  const nodes = new Map(Object.values(plan.nodes).map((node) => [node.no, node.id]))
  return sums.reads.flatMap(({ nodeNo, ambiguous }) => {
    const nodeId = nodes.get(nodeNo) ?? null
    if (ambiguous === 0) return []
    const message = errorText('ambiguous-answers', { count: ambiguous })[language]
    return [{ code: 'ambiguous-answers', message, nodeId, count: ambiguous }]
  })
}
