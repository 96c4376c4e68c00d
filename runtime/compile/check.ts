import type { Described } from '#runtime/sdk/index.ts'
import { faceFindings } from '#runtime/inner/face.ts'
import { collectInner, type InnerWorkflows } from '#runtime/inner/inner-workflows.ts'
import type { Problem } from '#schemas/problem.ts'
import { compileGraph, type Compiled } from './compile.ts'
import { describeAll, type CheckDeps } from './describe.ts'
import { readGraph, type Graph } from './graph.ts'
import type { Walk } from './walk.ts'

export interface CheckedWorkflow extends Compiled {
  /** What was learned about each node: pinned with a version, compared again at each run. */
  readonly described: Readonly<Record<string, Described>>
  /** The workflows inside it, as they were read: pinned with a version. */
  readonly inner: InnerWorkflows
}

/**
 * Judges a workflow with all that is to be known: asks the outside (cached), then compiles. The one call for the editor's badges,
 * publishing, running and the CLI. Throws only when the signal fires.
 */
export async function check(document: unknown, deps: CheckDeps): Promise<CheckedWorkflow> {
  return (await checkGraph(document, deps)).checked
}

/** `check`, with what a preview needs besides. `found`: the problems at the steps that have them, inner ones too. */
export async function checkGraph(
  document: unknown,
  deps: CheckDeps,
): Promise<{ checked: CheckedWorkflow; graph: Graph; walk: Walk; found: readonly Problem[] }> {
  const { registry, self } = deps
  const inner = await collectInner(document, deps.host.inner)
  const graph = readGraph(document, registry, { inner, self })
  const { known, findings } = await describeAll(graph, deps)
  const { compiled, walk, found } = compileGraph(graph, known, [...findings, ...faceFindings(graph, registry, inner)])
  return { checked: { ...compiled, described: known.described, inner }, graph, walk, found }
}
