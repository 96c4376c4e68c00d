import type { Position } from './change.ts'
import { foldedAround, folding } from './folded-groups.ts'
import { addingNote, groupName, grouping, moving, NOTE_SIZES, readMark, removingMarks, stepsOfMarks } from './marks.ts'
import { freeAbove } from './placing.ts'
import { currentDocument, type EditorSession } from './session.ts'

/** Puts an empty note above the one selected step, else around `middle` (of what is seen), and selects it. Returns its name. */
export function addNote(session: EditorSession, middle: Position): string {
  const { document, selectedNodes, select, change } = session.document.getState()
  const [only, ...others] = selectedNodes
  const step = others.length > 0 ? undefined : document.nodes.find(({ id }) => id === only)
  const { width, height } = NOTE_SIZES.medium
  const at =
    step === undefined
      ? { x: middle.x - width / 2, y: middle.y - height / 2 }
      : { x: step.position.x, y: step.position.y - height - 16 }
  const added = addingNote(document, freeAbove(document, at, NOTE_SIZES.medium))
  change(added.change)
  select([], [], [added.mark])
  return added.mark
}

/** Draws a group around the selected steps, selects it, and asks for its name. Nothing where no step is selected. */
export function groupAndName(session: EditorSession): void {
  const { document, selectedNodes, select, change } = session.document.getState()
  const made = grouping(document, selectedNodes)
  if (made === null) return
  change(made.change)
  select([], [], [made.mark])
  session.view.getState().set({ writing: made.mark })
}

/** Takes the selected frames away, and those around the selected steps; the steps stay, and are selected. */
export function ungroupSelected(session: EditorSession): void {
  const { document, selectedNodes, selectedMarks, select, change } = session.document.getState()
  const around = (document.groups ?? []).filter(({ steps }) => steps.some((id) => selectedNodes.includes(id)))
  const marks = [...selectedMarks.filter((name) => readMark(name)?.kind === 'group'), ...around.map(({ id }) => `group:${id}`)]
  const removal = removingMarks(document, marks)
  if (removal === null) return
  change(removal)
  select([...new Set([...selectedNodes, ...stepsOfMarks(document, marks)])])
}

/** Folds the selected groups, else those around the selected steps, to one card each; the folded ones are unfolded. They are selected then. */
export function foldSelected(session: EditorSession): void {
  const { document, selectedNodes, selectedMarks, select, change } = session.document.getState()
  const groups = document.groups ?? []
  const chosen = groups.filter(({ id }) => selectedMarks.includes(groupName(id)))
  const meant = chosen.length > 0 ? chosen : groups.filter(({ steps }) => steps.some((id) => selectedNodes.includes(id)))
  const ids = meant.map(({ id }) => id)
  const made = folding(
    document,
    ids,
    meant.some(({ folded }) => folded !== true),
  )
  if (made === null) return
  change(made)
  select([], [], ids.map(groupName))
}

/** Folds or unfolds one group, and selects it. */
export function foldGroup(session: EditorSession, groupId: string, fold: boolean): void {
  const { document, select, change } = session.document.getState()
  const made = folding(document, [groupId], fold)
  if (made !== null) change(made)
  select([], [], [groupName(groupId)])
}

/** Selects a step and sees to it that it is drawn: a folded group around it is unfolded. */
export function showStep(session: Pick<EditorSession, 'document'>, nodeId: string): void {
  const { document, select, change } = session.document.getState()
  const group = foldedAround(document, nodeId)
  const made = group === null ? null : folding(document, [group], false)
  if (made !== null) change(made)
  select([nodeId])
}

/** Moves what is selected by so many pixels: steps, notes, and groups with their steps. */
export function nudgeSelected(session: EditorSession, by: Position): void {
  const document = currentDocument(session)
  const { selectedNodes, selectedMarks, change } = session.document.getState()
  const chosen = new Set([...selectedNodes, ...stepsOfMarks(document, selectedMarks)])
  const shifted = ({ x, y }: Position) => ({ x: x + by.x, y: y + by.y })
  const steps = document.nodes.filter(({ id }) => chosen.has(id)).map(({ id, position }) => [id, shifted(position)] as const)
  const notes = (document.notes ?? [])
    .filter(({ id }) => selectedMarks.includes(`note:${id}`))
    .map(({ id, position }) => [id, shifted(position)] as const)
  const moved = moving(document, { steps: Object.fromEntries(steps), notes: Object.fromEntries(notes) })
  if (moved !== null) change(moved, 'nudge')
}
