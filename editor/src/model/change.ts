import type { Guards } from '#schemas/guards.ts'
import type { WorkflowDocument, WorkflowEdge, WorkflowNode } from '#schemas/workflow.ts'
import { inOrder } from '#schemas/workflow-file.ts'
import { applyMarks, groupsWithout, type MarksChange } from './change-marks.ts'

/** A thing and its place in the list it belongs to; without a place it goes to the end. */
interface Placed<Item> {
  readonly item: Item
  readonly index?: number
}

/** What a workflow says about itself. `null` takes the value away. */
export interface AboutPatch {
  readonly name?: string
  readonly description?: string | null
  readonly timezone?: string | null
  /** All of them; null: those of the workspace. */
  readonly guards?: Guards | null
}

/**
 * Everything a person can do to a workflow, as data: `apply` is the only thing that makes a new document, and undo, autosave
 * and tests read the same list.
 */
export type Change =
  | { readonly kind: 'insert'; readonly nodes: readonly Placed<WorkflowNode>[]; readonly edges: readonly Placed<WorkflowEdge>[] }
  | { readonly kind: 'remove'; readonly nodeIds: readonly string[]; readonly edgeIds: readonly string[] }
  | { readonly kind: 'move'; readonly positions: Readonly<Record<string, Position>> }
  | { readonly kind: 'configure'; readonly nodeId: string; readonly config: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'become'
      readonly nodeId: string
      readonly type: string
      readonly typeVersion: number
      readonly config: Readonly<Record<string, unknown>>
    }
  | { readonly kind: 'label'; readonly nodeId: string; readonly label: string | null }
  | { readonly kind: 'about'; readonly patch: AboutPatch }
  | MarksChange
  | { readonly kind: 'batch'; readonly changes: readonly Change[] }

export interface Position {
  readonly x: number
  readonly y: number
}

export interface Applied {
  readonly document: WorkflowDocument
  /** Applied to `document`, it gives back what was there before. */
  readonly undo: Change
}

type Apply<Kind extends Change['kind']> = (document: WorkflowDocument, change: Extract<Change, { kind: Kind }>) => Applied

function placeAll<Item>(list: readonly Item[], placed: readonly Placed<Item>[]): Item[] {
  const result = [...list]
  for (const { item, index } of placed.toSorted((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity))) {
    result.splice(Math.min(index ?? result.length, result.length), 0, item)
  }
  return result
}

const insert: Apply<'insert'> = (document, change) => ({
  document: { ...document, nodes: placeAll(document.nodes, change.nodes), edges: placeAll(document.edges, change.edges) },
  undo: { kind: 'remove', nodeIds: change.nodes.map(({ item }) => item.id), edgeIds: change.edges.map(({ item }) => item.id) },
})

/** Removing a node takes its lines along, and its place in a group; the undo brings all of it back. */
const remove: Apply<'remove'> = (document, change) => {
  const gone = new Set(change.nodeIds)
  const cut = new Set(change.edgeIds)
  const nodes: Placed<WorkflowNode>[] = []
  const edges: Placed<WorkflowEdge>[] = []
  document.nodes.forEach((item, index) => gone.has(item.id) && nodes.push({ item, index }))
  document.edges.forEach(
    (item, index) => (cut.has(item.id) || gone.has(item.source) || gone.has(item.target)) && edges.push({ item, index }),
  )
  const cutAll = new Set(edges.map(({ item }) => item.id))
  const left: WorkflowDocument = {
    ...document,
    nodes: document.nodes.filter(({ id }) => !gone.has(id)),
    edges: document.edges.filter(({ id }) => !cutAll.has(id)),
  }
  const undo: Change = { kind: 'insert', nodes, edges }
  const groups = groupsWithout(document, gone)
  if (groups === null) return { document: left, undo }
  const regrouped = applyMarks(left, { kind: 'marks', groups })
  return { document: regrouped.document, undo: { kind: 'batch', changes: [undo, regrouped.undo] } }
}

const move: Apply<'move'> = (document, change) => {
  const before: Record<string, Position> = {}
  const nodes = document.nodes.map((node) => {
    const position = change.positions[node.id]
    if (position === undefined) return node
    before[node.id] = node.position
    return { ...node, position: { x: position.x, y: position.y } }
  })
  return { document: { ...document, nodes }, undo: { kind: 'move', positions: before } }
}

function changeNode(document: WorkflowDocument, nodeId: string, next: (node: WorkflowNode) => WorkflowNode): WorkflowDocument {
  return { ...document, nodes: document.nodes.map((node) => (node.id === nodeId ? next(node) : node)) }
}

const nothing: Change = { kind: 'batch', changes: [] }

const configure: Apply<'configure'> = (document, { nodeId, config }) => {
  const before = document.nodes.find(({ id }) => id === nodeId)
  if (before === undefined) return { document, undo: nothing }
  return {
    document: changeNode(document, nodeId, (node) => ({ ...node, config: { ...config } })),
    undo: { kind: 'configure', nodeId, config: before.config },
  }
}

/** A step of another type: its id, lines, name and place stay. */
const become: Apply<'become'> = (document, { nodeId, type, typeVersion, config }) => {
  const before = document.nodes.find(({ id }) => id === nodeId)
  if (before === undefined) return { document, undo: nothing }
  return {
    document: changeNode(document, nodeId, (node) => ({ ...node, type, typeVersion, config: { ...config } })),
    undo: { kind: 'become', nodeId, type: before.type, typeVersion: before.typeVersion, config: before.config },
  }
}

const label: Apply<'label'> = (document, change) => {
  const before = document.nodes.find(({ id }) => id === change.nodeId)
  if (before === undefined) return { document, undo: nothing }
  return {
    document: changeNode(document, change.nodeId, ({ label: _old, ...node }) =>
      change.label === null ? node : { ...node, label: change.label },
    ),
    undo: { kind: 'label', nodeId: change.nodeId, label: before.label ?? null },
  }
}

function withAbout(document: WorkflowDocument, patch: AboutPatch): WorkflowDocument {
  const { timezone, guards, ...otherSettings } = document.settings ?? {}
  const nextTimezone = patch.timezone === undefined ? timezone : patch.timezone
  const nextGuards = patch.guards === undefined ? guards : patch.guards
  const description = patch.description === undefined ? document.description : patch.description
  return inOrder({
    ...document,
    name: patch.name ?? document.name,
    description: description ?? '',
    settings: {
      ...otherSettings,
      ...(nextTimezone ? { timezone: nextTimezone } : {}),
      ...(nextGuards && Object.keys(nextGuards).length > 0 ? { guards: nextGuards } : {}),
    },
  })
}

const about: Apply<'about'> = (document, { patch }) => ({
  document: withAbout(document, patch),
  undo: {
    kind: 'about',
    patch: {
      ...(patch.name === undefined ? {} : { name: document.name }),
      ...(patch.description === undefined ? {} : { description: document.description ?? null }),
      ...(patch.timezone === undefined ? {} : { timezone: document.settings?.timezone ?? null }),
      ...(patch.guards === undefined ? {} : { guards: document.settings?.guards ?? null }),
    },
  },
})

const batch: Apply<'batch'> = (document, change) => {
  let current = document
  const undo: Change[] = []
  for (const part of change.changes) {
    const applied = apply(current, part)
    current = applied.document
    undo.unshift(applied.undo)
  }
  return { document: current, undo: { kind: 'batch', changes: undo } }
}

/** Makes the document after a change, and the change that takes it back. Never mutates; parts that did not change stay the same objects. */
export function apply(document: WorkflowDocument, change: Change): Applied {
  switch (change.kind) {
    case 'insert':
      return insert(document, change)
    case 'remove':
      return remove(document, change)
    case 'move':
      return move(document, change)
    case 'configure':
      return configure(document, change)
    case 'become':
      return become(document, change)
    case 'label':
      return label(document, change)
    case 'about':
      return about(document, change)
    case 'marks':
      return applyMarks(document, change)
    case 'batch':
      return batch(document, change)
  }
}

/** The usual insertion: new steps and lines at the end. */
export function insertion(nodes: readonly WorkflowNode[], edges: readonly WorkflowEdge[] = []): Change {
  return { kind: 'insert', nodes: nodes.map((item) => ({ item })), edges: edges.map((item) => ({ item })) }
}
