import { upstream } from '#editor/model/graph.ts'
import { nodeById } from '#editor/model/graph-index.ts'
import type { RunView } from './run-view.ts'

/** 0–1: how much of what is to come has been through this step; null: nothing is known of it yet. */
export function runProgress({ document, types, nodes, toSend, running }: RunView, id: string): number | null {
  const run = nodes[id]
  if (run === undefined) return null
  if (!running) return 1
  const roleOf = (step: string) => types.get(nodeById(document, step)?.type ?? '')?.role
  if (roleOf(id) !== 'channel') return run.in > 0 || Object.keys(run.out).length > 0 ? 1 : 0
  const waiting = (run.states?.pending ?? 0) + (run.states?.sending ?? 0) + (run.states?.errored ?? 0)
  // Everyone comes by the first channel; a fallback knows only those who came to it.
  const first = !upstream(document, id).some((step) => roleOf(step) === 'channel')
  const expected = first ? Math.max(toSend ?? 0, run.in) : run.in
  return expected === 0 ? 0 : Math.max(0, Math.min(1, (run.in - waiting) / expected))
}
