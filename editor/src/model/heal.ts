import type { WorkflowEdge } from '#schemas/workflow.ts'
import { type Change, insertion } from './change.ts'
import type { Context } from './ends.ts'
import { newEdgeId } from './ids.ts'
import { type Ends, judgeConnection } from './ports.ts'

/**
 * Removes steps and lines. Where removed steps stood in a row between two that stay and fit, these are joined: a line into the row, one way
 * through it, a line out of it.
 */
export function removeThings(
  { document, types }: Context,
  things: { readonly nodeIds: readonly string[]; readonly edgeIds: readonly string[] },
): Change {
  const removal: Change = { kind: 'remove', ...things }
  const gone = new Set(things.nodeIds)
  const cut = new Set(things.edgeIds)
  const edges = document.edges.filter(({ id }) => !cut.has(id))
  let left = { ...document, edges: edges.filter(({ source, target }) => !gone.has(source) && !gone.has(target)) }
  const healed: WorkflowEdge[] = []
  for (const edge of edges) {
    if (gone.has(edge.source) || !gone.has(edge.target)) continue
    const last = outOf(edge, edges, gone)
    if (last === null) continue
    const ends: Ends = { source: edge.source, sourcePort: edge.sourcePort, target: last.target, targetPort: last.targetPort }
    if (!judgeConnection(left, types, ends).ok) continue
    const id = newEdgeId(
      document,
      healed.map((one) => one.id),
    )
    healed.push({ id, ...ends })
    left = { ...left, edges: [...left.edges, { id, ...ends }] }
  }
  return healed.length === 0 ? removal : { kind: 'batch', changes: [removal, insertion([], healed)] }
}

/** The line that leads out of a row of removed steps; null: the row forks, gathers or ends. */
function outOf(first: WorkflowEdge, edges: readonly WorkflowEdge[], gone: ReadonlySet<string>): WorkflowEdge | null {
  let at = first
  while (gone.has(at.target)) {
    const step = at.target
    const [next, ...more] = edges.filter(({ source }) => source === step)
    if (next === undefined || more.length > 0 || edges.filter(({ target }) => target === step).length !== 1) return null
    at = next
  }
  return at
}
