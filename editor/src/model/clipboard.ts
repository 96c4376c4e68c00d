import { MARK_COLORS } from '#schemas/mark-colors.ts'
import type { WorkflowDocument, WorkflowEdge, WorkflowGroup, WorkflowNode, WorkflowNote } from '#schemas/workflow.ts'
import { type Change, insertion, type Position } from './change.ts'
import { newEdgeId, newMarkId, newNodeId } from './ids.ts'
import { groupName, type MarkName, noteName, stepsOfMarks } from './marks.ts'
import { CARD_WIDTH, freeShift } from './placing.ts'

/** Steps, the lines between them, groups and notes, out of a copied text. */
export interface Piece {
  readonly nodes: readonly WorkflowNode[]
  readonly edges: readonly WorkflowEdge[]
  readonly groups: readonly WorkflowGroup[]
  readonly notes: readonly WorkflowNote[]
}

/** More than any canvas holds; a text beyond it is no copied piece. */
const MOST_STEPS = 2_000

/**
 * The steps as text in the form of a workflow file: it can be pasted into another tab, a message to a colleague, or a file. No secrets are in
 * it (a step names its connection only). Chosen groups bring their steps, and a group comes along when all of its steps do.
 */
export function pieceText(document: WorkflowDocument, nodeIds: readonly string[], marks: readonly string[] = []): string {
  const chosen = new Set([...nodeIds, ...stepsOfMarks(document, marks)])
  const { schemaVersion, name } = document
  const nodes = document.nodes.filter(({ id }) => chosen.has(id))
  const edges = document.edges.filter(({ source, target }) => chosen.has(source) && chosen.has(target))
  const groups = (document.groups ?? []).filter(({ steps }) => steps.length > 0 && steps.every((id) => chosen.has(id)))
  const notes = (document.notes ?? []).filter(({ id }) => marks.includes(noteName(id)))
  const drawn = { ...(groups.length > 0 ? { groups } : {}), ...(notes.length > 0 ? { notes } : {}) }
  return JSON.stringify({ schemaVersion, name, nodes, edges, ...drawn }, null, 2)
}

/** A copied piece, or a whole workflow file. `foreign`: some other text. `broken`: meant as one, and no steps can be read in it. */
export function readPiece(text: string): Piece | 'foreign' | 'broken' {
  if (!text.trimStart().startsWith('{') || !text.includes('"nodes"')) return 'foreign'
  const parsed = parse(text)
  if (!isRecord(parsed) || !Array.isArray(parsed['nodes'])) return 'broken'
  const nodes: unknown[] = parsed['nodes']
  const [edges, groups, notes] = [listIn(parsed, 'edges'), listIn(parsed, 'groups'), listIn(parsed, 'notes')]
  const many = nodes.length + notes.length
  if (many === 0 || many > MOST_STEPS || !nodes.every(isNode) || !edges.every(isEdge)) return 'broken'
  if (!groups.every(isGroup) || !notes.every(isNote)) return 'broken'
  return { nodes, edges, groups, notes }
}

/** A change that puts a piece on the canvas, and what came of it, to select it. */
export interface Pasting {
  readonly change: Change
  readonly nodeIds: string[]
  readonly marks: MarkName[]
}

/** Puts a piece on the canvas under ids of its own, beside what is there. */
export function pasting(document: WorkflowDocument, piece: Piece, at: Position | null): Pasting {
  const shift = shiftTo(document, [...piece.nodes, ...piece.notes], at)
  const ids = new Map<string, string>()
  let grown = document
  for (const node of piece.nodes) {
    const id = newNodeId(grown, node.type)
    ids.set(node.id, id)
    const position = { x: Math.round(node.position.x + shift.x), y: Math.round(node.position.y + shift.y) }
    grown = { ...grown, nodes: [...grown.nodes, { ...node, id, position, config: structuredClone(node.config) }] }
  }
  const edges: WorkflowEdge[] = []
  for (const edge of piece.edges) {
    const [source, target] = [ids.get(edge.source), ids.get(edge.target)]
    if (source === undefined || target === undefined) continue
    const id = newEdgeId(
      document,
      edges.map((one) => one.id),
    )
    edges.push({ id, source, sourcePort: edge.sourcePort, target, targetPort: edge.targetPort })
  }
  const nodes = grown.nodes.slice(document.nodes.length)
  const inserted = insertion(nodes, edges)
  const { change, marks } = pastingMarks(document, piece, { ids, shift })
  return {
    change: change === null ? inserted : { kind: 'batch', changes: [inserted, change] },
    nodeIds: nodes.map(({ id }) => id),
    marks,
  }
}

interface Placing {
  /** The new ids of steps, by the old ones. */
  readonly ids: ReadonlyMap<string, string>
  readonly shift: Position
}

function pastingMarks(document: WorkflowDocument, piece: Piece, { ids, shift }: Placing) {
  const groups = [...(document.groups ?? [])]
  const notes = [...(document.notes ?? [])]
  const marks: MarkName[] = []
  for (const group of piece.groups) {
    const steps = group.steps.flatMap((id) => ids.get(id) ?? [])
    if (steps.length === 0) continue
    const id = newMarkId(groups, 'group')
    groups.push({ ...group, id, steps })
    marks.push(groupName(id))
  }
  for (const note of piece.notes) {
    const id = newMarkId(notes, 'note')
    const position = { x: Math.round(note.position.x + shift.x), y: Math.round(note.position.y + shift.y) }
    notes.push({ ...note, id, position })
    marks.push(noteName(id))
  }
  return { change: marks.length === 0 ? null : ({ kind: 'marks', groups, notes } as const), marks }
}

/**
 * The piece keeps its form: its corner goes to the place that was asked for, or stays, and all of it moves until no card is covered and no
 * note lies exactly on another.
 */
function shiftTo(document: WorkflowDocument, piece: readonly { readonly position: Position }[], at: Position | null): Position {
  const places = piece.map(({ position }) => position)
  const left = Math.min(...places.map(({ x }) => x))
  const top = Math.min(...places.map(({ y }) => y))
  const wanted = at === null ? { x: 0, y: 0 } : { x: at.x - left - CARD_WIDTH / 2, y: at.y - top }
  let shift = freeShift(document, places, wanted)
  const lies = ({ x, y }: Position) =>
    document.notes?.some(({ position }) => position.x === Math.round(x + shift.x) && position.y === Math.round(y + shift.y)) ===
    true
  while (places.some(lies)) shift = { x: shift.x + 24, y: shift.y + 24 }
  return shift
}

function listIn(record: Record<string, unknown>, key: string): unknown[] {
  const value = record[key]
  return Array.isArray(value) ? value : []
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const isPlace = (value: unknown): boolean => isRecord(value) && Number.isFinite(value['x']) && Number.isFinite(value['y'])
const isColor = (value: unknown): boolean => value === undefined || MARK_COLORS.some((color) => color === value)

function isGroup(value: unknown): value is WorkflowGroup {
  if (!isRecord(value) || !isText(value['id']) || typeof value['title'] !== 'string' || !isColor(value['color'])) return false
  return Array.isArray(value['steps']) && value['steps'].every((id) => isText(id))
}

function isNote(value: unknown): value is WorkflowNote {
  if (!isRecord(value) || !isText(value['id']) || typeof value['text'] !== 'string' || !isRecord(value['size'])) return false
  const { width, height } = value['size']
  return isPlace(value['position']) && isColor(value['color']) && Number.isFinite(width) && Number.isFinite(height)
}

function isNode(value: unknown): value is WorkflowNode {
  if (!isRecord(value) || !isPlace(value['position']) || !isRecord(value['config'])) return false
  const version = value['typeVersion']
  const label = value['label']
  return (
    isText(value['id']) &&
    isText(value['type']) &&
    Number.isInteger(version) &&
    (label === undefined || typeof label === 'string')
  )
}

function isEdge(value: unknown): value is WorkflowEdge {
  return (
    isRecord(value) && [value['source'], value['sourcePort'], value['target'], value['targetPort']].every((end) => isText(end))
  )
}
