import type { Column } from '#schemas/column.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import { typeOfStep } from './step-type.ts'
import type { Change } from './change.ts'
import { splice } from './splice.ts'
import { downstream } from './graph.ts'
import { entriesOf, keyOf, mappingsBefore } from './mapping-of.ts'
import type { NodeTypeIndex } from './ports.ts'

interface Context {
  readonly document: WorkflowDocument
  readonly types: NodeTypeIndex
  /** Columns that arrive at a step. */
  readonly columnsInto: (nodeId: string) => readonly Pick<Column, 'name' | 'variable'>[]
}

interface Wish {
  /** The step with the text. */
  readonly nodeId: string
  readonly variable: string
  readonly column: string
}

/**
 * Lets a column fill a variable of a text: in the mapping that fills it already (its format stays), else in the nearest mapping that the
 * column reaches, else in a new one before the text. Null: the column reaches no place before the text.
 */
export function fillVariable(context: Context, { nodeId, variable, column }: Wish): Change | null {
  const mappings = mappingsBefore(context.document, nodeId)
  const reached = mappings.filter(({ id }) => arrives(context, id, column))
  const mapping = reached.find((node) => keyOf(node, variable) !== null) ?? reached[0]
  return mapping === undefined
    ? withNewMapping(context, { nodeId, variable, column })
    : filling(mapping, keyOf(mapping, variable) ?? variable, column)
}

/** Can a column fill a variable of this text at all? A variable of a mapping is not one. */
export function canFill(context: Context, nodeId: string, column: string): boolean {
  const mappings = mappingsBefore(context.document, nodeId)
  return mappings.some(({ id }) => arrives(context, id, column)) || placeForMapping(context, nodeId, column) !== null
}

const arrives = (context: Context, nodeId: string, column: string): boolean =>
  context.columnsInto(nodeId).some(({ name, variable }) => name === column && variable !== true)

function filling(mapping: WorkflowNode, key: string, column: string): Change {
  const variables = entriesOf(mapping)
  const config = { ...mapping.config, variables: { ...variables, [key]: { ...variables[key], column } } }
  return { kind: 'configure', nodeId: mapping.id, config }
}

function withNewMapping(context: Context, { nodeId, variable, column }: Wish): Change | null {
  const type = context.types.get('mapping')
  const edgeId = placeForMapping(context, nodeId, column)
  if (type === undefined || edgeId === null) return null
  const edit = splice(context, type, { edgeId })
  if (edit === null || edit.nodeId === null) return null
  const config = { variables: { [variable]: { column } } }
  return { kind: 'batch', changes: [edit.change, { kind: 'configure', nodeId: edit.nodeId, config }] }
}

/** The line of rows, nearest before the text, on which the column travels. */
function placeForMapping({ document, types, columnsInto }: Context, nodeId: string, column: string): string | null {
  const seen = new Set<string>()
  for (let id: string | undefined = nodeId; id !== undefined && !seen.has(id);) {
    seen.add(id)
    const edge = document.edges.find(({ target }) => target === id)
    const source = document.nodes.find((node) => node.id === edge?.source)
    if (edge === undefined || source === undefined) return null
    const kind = typeOfStep(document, types, source.id)?.ports.out[edge.sourcePort]?.kind
    if (kind === 'rows') return arrives({ document, types, columnsInto }, id, column) ? edge.id : null
    id = source.id
  }
  return null
}

/**
 * Another name for a variable: in the mapping that fills it (format and all stay, and its place in the list), and in every text after it.
 * Null: nothing fills it, or the new name is taken there.
 */
export function renameVariable(
  document: WorkflowDocument,
  mappingId: string,
  names: { old: string; next: string },
): Change | null {
  const mapping = document.nodes.find(({ id }) => id === mappingId)
  const key = mapping === undefined ? null : keyOf(mapping, names.old)
  if (mapping === undefined || key === null || names.next === '' || keyOf(mapping, names.next) !== null) return null
  const variables = Object.fromEntries(
    Object.entries(entriesOf(mapping)).map(([name, entry]) => [name === key ? names.next : name, entry]),
  )
  const texts = downstream(document, mappingId).flatMap((id): Change[] => {
    const node = document.nodes.find((one) => one.id === id)
    if (node === undefined || node.type === 'mapping' || 'sql' in node.config) return []
    const config = inTexts(node.config, names)
    return config === node.config ? [] : [{ kind: 'configure', nodeId: id, config: { ...config } }]
  })
  return {
    kind: 'batch',
    changes: [{ kind: 'configure', nodeId: mappingId, config: { ...mapping.config, variables } }, ...texts],
  }
}

/** A second variable that is filled as another one is. Null: nothing fills that one, or the name is taken. */
export function copyVariable(document: WorkflowDocument, mappingId: string, names: { old: string; next: string }): Change | null {
  const mapping = document.nodes.find(({ id }) => id === mappingId)
  const key = mapping === undefined ? null : keyOf(mapping, names.old)
  if (mapping === undefined || key === null || names.next === '' || keyOf(mapping, names.next) !== null) return null
  const variables = entriesOf(mapping)
  const config = { ...mapping.config, variables: { ...variables, [names.next]: { ...variables[key] } } }
  return { kind: 'configure', nodeId: mappingId, config }
}

/** The same value with the holes of every text inside it called anew; the same object where none is. */
function inTexts<Value>(value: Value, names: { old: string; next: string }): Value {
  const renamed = (one: unknown): unknown => {
    if (typeof one === 'string') return inText(one, names)
    if (Array.isArray(one)) {
      const list = one.map(renamed)
      return list.every((part, index) => part === one[index]) ? one : list
    }
    if (typeof one !== 'object' || one === null) return one
    const entries = Object.entries(one).map(([key, part]) => ({ key, old: part as unknown, next: renamed(part) }))
    return entries.every(({ old, next }) => old === next) ? one : Object.fromEntries(entries.map(({ key, next }) => [key, next]))
  }
  // Each branch gives the kind of value it was given.
  return renamed(value) as Value
}

function inText(text: string, { old, next }: { old: string; next: string }): string {
  const isOld = (name: string) => name.normalize('NFC').trim() === old
  return text
    .replace(/#\{([^{}\n]*)\}/g, (hole, name: string) => (isOld(name) ? `#{${next}}` : hole))
    .replace(/\{\{([^{}\n]*)\}\}/g, (hole, name: string) => (isOld(name) ? `{{${next}}}` : hole))
}
