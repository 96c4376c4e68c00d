import type { Pinned } from '#schemas/pinned.ts'
import type { InnerStep } from '#schemas/part-face.ts'
import { outermost } from '#schemas/sub-workflow.ts'
import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { InnerWorkflows } from './inner-workflows.ts'
import { unfold, type UnfoldedDocument } from './unfold.ts'

/** Pins never change, so what they unfold to is worked out once. */
const known = new WeakMap<Pinned, UnfoldedDocument>()

/** The workflows that a pinned graph uses, as they were when it was pinned. */
export function pinnedInner({ parts = {} }: Pick<Pinned, 'parts'>): InnerWorkflows {
  return new Map(Object.entries(parts).map(([key, part]) => [key, { ...part, newest: null }]))
}

/** The same as a pin keeps it; undefined: it uses none. */
export function partsOf(inner: InnerWorkflows): Pinned['parts'] {
  if (inner.size === 0) return undefined
  return Object.fromEntries([...inner].map(([key, { name, document }]) => [key, { name, document }]))
}

function unfolded(pinned: Pinned): UnfoldedDocument {
  const found = known.get(pinned) ?? unfold(pinned.document, pinnedInner(pinned))
  known.set(pinned, found)
  return found
}

/** The pinned graph with the inner steps in it: what runs. */
export const pinnedGraph = (pinned: Pinned): WorkflowDocument => unfolded(pinned).document

/** What the inner steps are called, those that are workflows themselves too. */
export function innerStepsOf(pinned: Pinned): Record<string, InnerStep> {
  const { document, steps } = unfolded(pinned)
  const nested = [...steps].map(([id, { node, inner }]) => ({ id, type: node.type, label: node.label ?? inner.name }))
  return Object.fromEntries(
    [...nested, ...document.nodes]
      .filter(({ id }) => outermost(id) !== id)
      .map(({ id, type, label }) => [id, { type, ...(label !== undefined && { label }) }]),
  )
}
