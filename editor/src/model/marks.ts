import type { MarkColor, WorkflowDocument, WorkflowGroup, WorkflowNote } from '#schemas/workflow.ts'
import type { Change, Position } from './change.ts'
import type { MarksChange } from './change-marks.ts'
import { newMarkId } from './ids.ts'

/**
 * A note or a group, named so that it is never taken for a step: `note:…` and `group:…` (ids have no colon). The canvas and the selection
 * know them by these names.
 */
export type MarkName = `${'note' | 'group'}:${string}`

export const noteName = (id: string): MarkName => `note:${id}`
export const groupName = (id: string): MarkName => `group:${id}`

/** Which note or group is meant; null: it is a step. */
export function readMark(name: string): { readonly kind: 'note' | 'group'; readonly id: string } | null {
  const [kind, id] = name.split(':', 2)
  return id === undefined || (kind !== 'note' && kind !== 'group') ? null : { kind, id }
}

/** Names of all notes and groups. */
export function marksOf({ notes, groups }: Pick<WorkflowDocument, 'notes' | 'groups'>): MarkName[] {
  return [...(groups ?? []).map(({ id }) => groupName(id)), ...(notes ?? []).map(({ id }) => noteName(id))]
}

/** Pixels of a new note at 100 %. */
export const NOTE_SIZES = {
  small: { width: 160, height: 80 },
  medium: { width: 220, height: 120 },
  large: { width: 340, height: 200 },
} as const

/** An empty note at a place; and its name, to select it. */
export function addingNote(document: WorkflowDocument, at: Position): { change: MarksChange; mark: MarkName } {
  const notes = document.notes ?? []
  const id = newMarkId(notes, 'note')
  const note: WorkflowNote = { id, text: '', position: rounded(at), size: NOTE_SIZES.medium }
  return { change: { kind: 'marks', notes: [...notes, note] }, mark: noteName(id) }
}

export type NotePatch = Partial<Pick<WorkflowNote, 'text' | 'position' | 'size'>> & { readonly color?: MarkColor }

/** Other values of some notes, by id. */
export function changingNotes(document: WorkflowDocument, patches: Readonly<Record<string, NotePatch>>): MarksChange {
  const notes = (document.notes ?? []).map((note): WorkflowNote => {
    const patch = patches[note.id]
    if (patch === undefined) return note
    const { id, text, color, position, size } = { ...note, ...patch }
    return { id, text, ...(color === undefined ? {} : { color }), position: rounded(position), size: roundedSize(size) }
  })
  return { kind: 'marks', notes }
}

/** A group around these steps, which leave the groups that they were in. Null: no step is left to group. */
export function grouping(document: WorkflowDocument, steps: readonly string[]): { change: MarksChange; mark: MarkName } | null {
  const wanted = new Set(steps)
  const inside = document.nodes.map(({ id }) => id).filter((id) => wanted.has(id))
  if (inside.length === 0) return null
  const others = (document.groups ?? []).flatMap((group) => {
    const left = group.steps.filter((id) => !wanted.has(id))
    return left.length === 0 ? [] : [left.length === group.steps.length ? group : { ...group, steps: left }]
  })
  const id = newMarkId(document.groups ?? [], 'group')
  return { change: { kind: 'marks', groups: [...others, { id, title: '', steps: inside }] }, mark: groupName(id) }
}

/** Another title or colour of a group. */
export function changingGroup(
  document: WorkflowDocument,
  groupId: string,
  patch: { readonly title?: string; readonly color?: MarkColor },
): MarksChange {
  const groups = (document.groups ?? []).map((group): WorkflowGroup => {
    if (group.id !== groupId) return group
    const { id, title, color, folded, steps } = { ...group, ...patch }
    return {
      id,
      title,
      ...(color === undefined ? {} : { color }),
      ...(folded === undefined ? {} : { folded }),
      steps,
    }
  })
  return { kind: 'marks', groups }
}

/** Takes notes and frames away; the steps in a frame stay. Null: none of them is there. */
export function removingMarks(document: WorkflowDocument, marks: readonly string[]): Change | null {
  const gone = new Set(marks)
  const notes = (document.notes ?? []).filter(({ id }) => !gone.has(noteName(id)))
  const groups = (document.groups ?? []).filter(({ id }) => !gone.has(groupName(id)))
  const change: MarksChange = {
    kind: 'marks',
    ...(notes.length === (document.notes ?? []).length ? {} : { notes }),
    ...(groups.length === (document.groups ?? []).length ? {} : { groups }),
  }
  return change.notes === undefined && change.groups === undefined ? null : change
}

/** The steps inside of the groups among these names. */
export function stepsOfMarks(document: Pick<WorkflowDocument, 'groups'>, marks: readonly string[]): string[] {
  return (document.groups ?? []).flatMap(({ id, steps }) => (marks.includes(groupName(id)) ? steps : []))
}

/** Moves notes to places, by id, and steps too: one change. */
export function moving(
  document: WorkflowDocument,
  to: { readonly steps: Readonly<Record<string, Position>>; readonly notes: Readonly<Record<string, Position>> },
): Change | null {
  const steps = Object.keys(to.steps).length > 0
  const notes = Object.keys(to.notes).length > 0
  const patches = Object.fromEntries(Object.entries(to.notes).map(([id, position]) => [id, { position }]))
  const changes: Change[] = [
    ...(steps ? [{ kind: 'move' as const, positions: to.steps }] : []),
    ...(notes ? [changingNotes(document, patches)] : []),
  ]
  const [only, ...others] = changes
  return only === undefined ? null : others.length === 0 ? only : { kind: 'batch', changes }
}

const rounded = ({ x, y }: Position): Position => ({ x: Math.round(x), y: Math.round(y) })
const roundedSize = ({ width, height }: WorkflowNote['size']) => ({ width: Math.round(width), height: Math.round(height) })
