import { type Arrangement, arranged, type NamedBox } from './arrange.ts'
import type { Position } from './change.ts'
import type { DocumentState } from './document-store.ts'
import { tidyPositions } from './lines.ts'
import { moving, readMark } from './marks.ts'
import { currentDocument, type EditorSession } from './session.ts'

type Selection = Pick<DocumentState, 'selectedNodes' | 'selectedMarks'>

/** What can be put in line: the selected steps and notes, by name. */
export function arrangeable({ selectedNodes, selectedMarks }: Selection): string[] {
  return [...selectedNodes, ...selectedMarks.filter((name) => readMark(name)?.kind === 'note')]
}

/** Puts the selected steps and notes in line. Nothing for fewer than two. */
export function arrangeSelected(session: EditorSession, how: Arrangement, boxes: (names: readonly string[]) => NamedBox[]): void {
  const chosen = boxes(arrangeable(session.document.getState()))
  if (chosen.length < 2) return
  const places = Object.entries(arranged(chosen, how)).map(([name, { x, y }]) => [name, rounded({ x, y })] as const)
  const notes = places.flatMap(([name, place]) => {
    const mark = readMark(name)
    return mark === null ? [] : [[mark.id, place] as const]
  })
  const steps = places.filter(([name]) => readMark(name) === null)
  move(session, { steps: Object.fromEntries(steps), notes: Object.fromEntries(notes) })
}

/** Tidies up: the selected steps among themselves, beginning where they are; with fewer than two the whole workflow. */
export function tidy(session: EditorSession): void {
  const document = currentDocument(session)
  const { selectedNodes } = session.document.getState()
  const chosen = document.nodes.filter(({ id }) => selectedNodes.includes(id))
  if (chosen.length < 2) return move(session, { steps: tidyPositions(document), notes: {} })
  const inside = new Set(selectedNodes)
  const edges = document.edges.filter(({ source, target }) => inside.has(source) && inside.has(target))
  const left = Math.min(...chosen.map(({ position }) => position.x))
  const top = Math.min(...chosen.map(({ position }) => position.y))
  const tidied = Object.entries(tidyPositions({ ...document, nodes: chosen, edges }))
  const steps = Object.fromEntries(tidied.map(([id, { x, y }]) => [id, rounded({ x: x + left, y: y + top })]))
  move(session, { steps, notes: {} })
}

function move(session: EditorSession, to: Parameters<typeof moving>[1]): void {
  const document = currentDocument(session)
  // Things that stay where they are are no step back.
  const moved = moving(document, {
    steps: differing(to.steps, new Map(document.nodes.map(({ id, position }) => [id, position]))),
    notes: differing(to.notes, new Map((document.notes ?? []).map(({ id, position }) => [id, position]))),
  })
  if (moved !== null) session.document.getState().change(moved)
}

function differing(to: Readonly<Record<string, Position>>, from: ReadonlyMap<string, Position>): Record<string, Position> {
  return Object.fromEntries(Object.entries(to).filter(([id, { x, y }]) => from.get(id)?.x !== x || from.get(id)?.y !== y))
}

const rounded = ({ x, y }: Position): Position => ({ x: Math.round(x), y: Math.round(y) })
