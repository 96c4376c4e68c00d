import type { Problem } from '#schemas/problem.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { upstream, variablesWanted } from './graph.ts'

type Entry = Readonly<Record<string, unknown>>

/** How a mapping fills its variables, by name. */
export function entriesOf(node: Pick<WorkflowNode, 'config'>): Readonly<Record<string, Entry>> {
  const { variables } = node.config
  if (typeof variables !== 'object' || variables === null) return {}
  return Object.fromEntries(
    Object.entries(variables).map(([name, entry]) => [name, typeof entry === 'object' && entry !== null ? { ...entry } : {}]),
  )
}

/** The mappings whose variables reach a text, nearest first. */
export function mappingsBefore(document: WorkflowDocument, nodeId: string): WorkflowNode[] {
  return upstream(document, nodeId).flatMap((id) => document.nodes.filter((node) => node.id === id && node.type === 'mapping'))
}

export type HoleState = 'filled' | 'broken' | 'empty'

/**
 * How a variable of a text stands: filled; broken (a mapping fills it from a column that is not there, or not at all); empty (nothing
 * has heard of it). Names are compared as the server does, composed and without outer blanks.
 */
export function holeState(
  name: string,
  at: {
    readonly mappings: readonly WorkflowNode[]
    readonly problems: readonly Problem[]
    /** Variables that arrive at the text, as the server knows them. */
    readonly arriving: ReadonlySet<string>
  },
): HoleState {
  const mapping = at.mappings.find((node) => keyOf(node, name) !== null)
  if (mapping === undefined) return at.arriving.has(name) ? 'filled' : 'empty'
  const key = keyOf(mapping, name) ?? name
  const { column } = entriesOf(mapping)[key] ?? {}
  const isWrong = at.problems.some(
    ({ nodeId, field, severity }) =>
      nodeId === mapping.id && severity === 'error' && field?.startsWith(`variables/${key}/`) === true,
  )
  return isWrong || typeof column !== 'string' || column === '' ? 'broken' : 'filled'
}

/** The key under which a mapping keeps a variable; null: it does not. */
export function keyOf(mapping: Pick<WorkflowNode, 'config'>, name: string): string | null {
  return Object.keys(entriesOf(mapping)).find((key) => key.normalize('NFC').trim() === name) ?? null
}

/** Variables that the mappings before a text fill from some column, and whether any text asks for them: one may have been renamed. */
export function filledBefore(document: WorkflowDocument, nodeId: string): { name: string; isUsed: boolean }[] {
  return mappingsBefore(document, nodeId).flatMap((mapping) => {
    const wanted = new Set(variablesWanted(document, mapping.id))
    return Object.keys(entriesOf(mapping)).map((name) => ({ name, isUsed: wanted.has(name.normalize('NFC').trim()) }))
  })
}
