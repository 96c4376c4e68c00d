import type { WorkflowDocument } from '#schemas/workflow.ts'
import { variablesOf } from './template-text.ts'

/** The steps that rows of `nodeId` reach, nearest first, without itself. */
export function downstream(document: WorkflowDocument, nodeId: string): string[] {
  return walk(nodeId, (id) => document.edges.filter(({ source }) => source === id).map(({ target }) => target))
}

/** The steps whose rows reach `nodeId`, nearest first, without itself. */
export function upstream(document: WorkflowDocument, nodeId: string): string[] {
  return walk(nodeId, (id) => document.edges.filter(({ target }) => target === id).map(({ source }) => source))
}

function walk(from: string, next: (id: string) => string[]): string[] {
  const seen = new Set([from])
  const order: string[] = []
  const open = next(from)
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    if (seen.has(id)) continue
    seen.add(id)
    order.push(id)
    open.push(...next(id))
  }
  return order
}

/** Every text inside a config, however deep. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const part of value) yield* textsIn(part)
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* textsIn(part)
}

/** Variables that the texts after a step ask for, in the order in which they appear: what a mapping has to fill. */
export function variablesWanted(document: WorkflowDocument, nodeId: string): string[] {
  const names = new Set<string>()
  for (const id of downstream(document, nodeId)) {
    const node = document.nodes.find((one) => one.id === id)
    // Another mapping, and SQL, have no holes of a text in them.
    if (node === undefined || node.type === 'mapping' || 'sql' in node.config) continue
    for (const text of textsIn(node.config)) for (const name of variablesOf(text)) names.add(name)
  }
  return [...names]
}
