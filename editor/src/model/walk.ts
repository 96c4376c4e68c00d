import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'

/** Along a line, or to a step beside: another branch of the same fork, another line into the same step. */
export type Way = 'onward' | 'back' | 'next' | 'previous'

/**
 * Where an arrow leads from a step; null: nowhere. Beside it are the steps that come out of the same step, or go into the same one, from top
 * to bottom; where there is none, the way goes along the line, so that every arrow leads on in a plain chain.
 */
export function stepAlong(document: Pick<WorkflowDocument, 'nodes' | 'edges'>, from: string, way: Way): string | null {
  if (way === 'onward') return document.edges.find(({ source }) => source === from)?.target ?? null
  if (way === 'back') return document.edges.find(({ target }) => target === from)?.source ?? null
  const row = besideOf(document, from)
  if (row.length < 2) return stepAlong(document, from, way === 'next' ? 'onward' : 'back')
  const place = row.findIndex(({ id }) => id === from)
  return row[place + (way === 'next' ? 1 : -1)]?.id ?? null
}

/** The step and those beside it, from top to bottom. */
function besideOf({ nodes, edges }: Pick<WorkflowDocument, 'nodes' | 'edges'>, from: string): WorkflowNode[] {
  const before = new Set(edges.filter(({ target }) => target === from).map(({ source }) => source))
  const behind = new Set(edges.filter(({ source }) => source === from).map(({ target }) => target))
  const forked = edges.filter(({ source }) => before.has(source)).map(({ target }) => target)
  const merged = edges.filter(({ target }) => behind.has(target)).map(({ source }) => source)
  const beside = new Set(new Set(forked).size > 1 ? forked : merged)
  return nodes.filter(({ id }) => beside.has(id)).toSorted((a, b) => a.position.y - b.position.y || a.position.x - b.position.x)
}
