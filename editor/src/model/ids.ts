import type { WorkflowDocument } from '#schemas/workflow.ts'

function firstFree(taken: ReadonlySet<string>, make: (number: number) => string): string {
  for (let number = 1; ; number += 1) {
    const id = make(number)
    if (!taken.has(id)) return id
  }
}

/** A node id that reads well in a git diff: the type, and a number from the second one on (`filter`, `filter-2`). */
export function newNodeId(document: WorkflowDocument, type: string): string {
  const stem =
    type
      .replace(/[^A-Za-z0-9_.-]/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, 90) || 'step'
  return firstFree(new Set(document.nodes.map(({ id }) => id)), (number) => (number === 1 ? stem : `${stem}-${number}`))
}

/** An edge id that no edge of the document has; `also` are ids handed out but not yet in it. */
export function newEdgeId(document: WorkflowDocument, also: Iterable<string> = []): string {
  return firstFree(new Set([...document.edges.map(({ id }) => id), ...also]), (number) => `e${number}`)
}

/** An id for a new note or group: `note-1`. */
export function newMarkId(marks: readonly { readonly id: string }[], kind: 'note' | 'group'): string {
  return firstFree(new Set(marks.map(({ id }) => id)), (number) => `${kind}-${number}`)
}
