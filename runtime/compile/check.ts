import type { Described } from '#runtime/sdk/index.ts'
import { compileGraph, type Compiled } from './compile.ts'
import { describeAll, type CheckDeps } from './describe.ts'
import { readGraph, type Graph } from './graph.ts'
import type { Walk } from './walk.ts'

export interface CheckedWorkflow extends Compiled {
  /** What was learned about each node: pinned with a version, compared again at each run. */
  readonly described: Readonly<Record<string, Described>>
}

/**
 * Judges a workflow with all that is to be known: asks the outside (cached), then compiles. The one call for the editor's badges,
 * publishing, running and the CLI. Throws only when the signal fires.
 */
export async function check(document: unknown, deps: CheckDeps): Promise<CheckedWorkflow> {
  return (await checkGraph(document, deps)).checked
}

/** `check`, with what a preview needs besides. */
export async function checkGraph(
  document: unknown,
  deps: CheckDeps,
): Promise<{ checked: CheckedWorkflow; graph: Graph; walk: Walk }> {
  const graph = readGraph(document, deps.registry)
  const { known, findings } = await describeAll(graph, deps)
  const { compiled, walk } = compileGraph(graph, known, findings)
  return { checked: { ...compiled, described: known.described }, graph, walk }
}
