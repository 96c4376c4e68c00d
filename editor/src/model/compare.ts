import type { WorkflowDocument, WorkflowEdge, WorkflowGroup, WorkflowNode, WorkflowNote } from '#schemas/workflow.ts'

/** A value that is not the same: where it lies in the config (or the settings), and what it was; undefined: it was not there. */
export interface FieldChange {
  readonly path: readonly string[]
  readonly before: unknown
  readonly after: unknown
}

/** What became of a step; `node` is the later one, of a removed step the last. */
export interface NodeChange {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly node: WorkflowNode
  readonly fields: readonly FieldChange[]
}

export interface EdgeChange {
  readonly kind: 'added' | 'removed'
  readonly edge: WorkflowEdge
}

/** What became of a note or a group; `text` is what it says, or is called: the later, of a removed one the last. */
export interface MarkChange {
  readonly kind: NodeChange['kind']
  readonly mark: 'note' | 'group'
  readonly id: string
  readonly text: string
  readonly fields: readonly FieldChange[]
}

/** What differs between two documents. Where steps stand is no difference in what they do; they are only counted. */
export interface Comparison {
  readonly nodes: readonly NodeChange[]
  readonly edges: readonly EdgeChange[]
  readonly marks: readonly MarkChange[]
  /** Name, description and settings of the workflow. */
  readonly about: readonly FieldChange[]
  readonly moved: number
}

/** Places that differ, all kinds together; moved steps do not count. */
export function changesIn({ nodes, edges, marks, about }: Comparison): number {
  const inside = [...nodes, ...marks].reduce((sum, { kind, fields }) => sum + (kind === 'changed' ? fields.length : 1), 0)
  return inside + edges.length + about.length
}

/** Compares two documents step by step, by the steps' ids. */
export function compareDocuments(before: WorkflowDocument, after: WorkflowDocument): Comparison {
  const old = new Map(before.nodes.map((node) => [node.id, node]))
  const now = new Map(after.nodes.map((node) => [node.id, node]))
  const nodes: NodeChange[] = after.nodes.flatMap((node) => nodeChange(old.get(node.id), node) ?? [])
  for (const node of before.nodes) if (!now.has(node.id)) nodes.push({ kind: 'removed', node, fields: [] })
  const moved = after.nodes.filter(({ id, position }) => {
    const was = old.get(id)?.position
    return was !== undefined && (was.x !== position.x || was.y !== position.y)
  }).length
  const marks = [
    ...markChanges('group', { before: before.groups, after: after.groups }, groupFields),
    ...markChanges('note', { before: before.notes, after: after.notes }, noteFields),
  ]
  return { nodes, edges: edgeChanges(before.edges, after.edges), marks, about: aboutChanges(before, after), moved }
}

/** Values of a note that mean something to people; where it lies and how large it is does not. */
const noteFields = ({ text, color }: WorkflowNote) => ({ text, color })
const groupFields = ({ title, color, steps }: WorkflowGroup) => ({ title, color, steps: steps.toSorted() })

function markChanges<Item extends WorkflowNote | WorkflowGroup>(
  mark: MarkChange['mark'],
  { before = [], after = [] }: { before: readonly Item[] | undefined; after: readonly Item[] | undefined },
  fieldsOf: (item: Item) => Readonly<Record<string, unknown>>,
): MarkChange[] {
  const old = new Map(before.map((item) => [item.id, item]))
  const now = new Set(after.map(({ id }) => id))
  const told = (kind: MarkChange['kind'], item: Item, fields: readonly FieldChange[] = []): MarkChange => ({
    kind,
    mark,
    id: item.id,
    text: 'text' in item ? item.text : item.title,
    fields,
  })
  const kept = after.flatMap((item) => {
    const was = old.get(item.id)
    if (was === undefined) return [told('added', item)]
    const fields = valueChanges([], fieldsOf(was), fieldsOf(item))
    return fields.length === 0 ? [] : [told('changed', item, fields)]
  })
  return [...kept, ...before.filter(({ id }) => !now.has(id)).map((item) => told('removed', item))]
}

function nodeChange(before: WorkflowNode | undefined, node: WorkflowNode): NodeChange | null {
  if (!before) return { kind: 'added', node, fields: [] }
  const fields = [
    ...valueChanges(['label'], before.label, node.label),
    ...valueChanges(['type'], before.type, node.type),
    ...valueChanges([], before.config, node.config),
  ]
  return fields.length === 0 ? null : { kind: 'changed', node, fields }
}

/** Lines are the same when they join the same ports: their ids mean nothing to people. */
function edgeChanges(before: readonly WorkflowEdge[], after: readonly WorkflowEdge[]): EdgeChange[] {
  const name = ({ source, sourcePort, target, targetPort }: WorkflowEdge): string =>
    JSON.stringify([source, sourcePort, target, targetPort])
  const old = new Set(before.map(name))
  const now = new Set(after.map(name))
  return [
    ...after.filter((edge) => !old.has(name(edge))).map((edge): EdgeChange => ({ kind: 'added', edge })),
    ...before.filter((edge) => !now.has(name(edge))).map((edge): EdgeChange => ({ kind: 'removed', edge })),
  ]
}

function aboutChanges(before: WorkflowDocument, after: WorkflowDocument): FieldChange[] {
  return [
    ...valueChanges(['name'], before.name, after.name),
    ...valueChanges(['description'], before.description, after.description),
    ...valueChanges(['settings'], before.settings, after.settings),
  ]
}

/** Objects are compared field by field, down to the values, one that was not there as an empty one; lists as a whole: their order may mean something. */
function valueChanges(path: readonly string[], before: unknown, after: unknown): FieldChange[] {
  if (sameValue(before, after)) return []
  const [old, now] = [before ?? {}, after ?? {}]
  const fields = isPlain(old) && isPlain(now) ? new Set([...Object.keys(old), ...Object.keys(now)]) : new Set<string>()
  if (!isPlain(old) || !isPlain(now) || fields.size === 0) return [{ path, before, after }]
  return [...fields].flatMap((name) => valueChanges([...path, name], old[name], now[name]))
}

function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((value, index) => sameValue(value, other[index]))
  if (!isPlain(one) || !isPlain(other)) return false
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => sameValue(one[name], other[name]))
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
