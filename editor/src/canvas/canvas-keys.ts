import type { Arrangement } from '#editor/model/arrange.ts'
import type { Position } from '#editor/model/change.ts'
import { foldedSteps, leadsTo } from '#editor/model/folded-groups.ts'
import { groupName, marksOf, readMark } from '#editor/model/marks.ts'
import { currentDocument, duplicateSelected, type EditorSession, removeSelected } from '#editor/model/session.ts'
import { arrangeSelected, tidy } from '#editor/model/session-arrange.ts'
import { addNote, foldSelected, groupAndName, nudgeSelected, ungroupSelected } from '#editor/model/session-marks.ts'
import { previewUntilSelected } from '#editor/model/session-preview.ts'
import { startRun } from '#editor/model/start-run.ts'
import { stepAlong, type Way } from '#editor/model/walk.ts'
import type { KeyName } from './key-list.ts'
import type { Places } from './use-places.ts'

interface KeyAct {
  readonly name: KeyName
  readonly when: (event: KeyboardEvent) => boolean
  readonly act: (session: EditorSession, event: KeyboardEvent, places: Places) => void
}

const command = (event: KeyboardEvent) => event.ctrlKey || event.metaKey
const plain = (event: KeyboardEvent) => !command(event) && !event.altKey

const WAYS: Readonly<Record<string, Way>> = { ArrowRight: 'onward', ArrowLeft: 'back', ArrowDown: 'next', ArrowUp: 'previous' }
const SIDES: Readonly<Record<string, Position>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
}
/** Pixels of the grid by which keys move things. */
const GRID = 20

const onCanvas = (event: KeyboardEvent) => event.target instanceof Element && event.target.closest('.react-flow') !== null
const arrow = (event: KeyboardEvent, keys: readonly string[]) => plain(event) && keys.includes(event.key) && onCanvas(event)

/** The step, note, group or line that has the focus. */
function focused(event: KeyboardEvent): { readonly node?: string | undefined; readonly edge?: string | undefined } {
  const target = event.target instanceof HTMLElement || event.target instanceof SVGElement ? event.target : null
  if (target?.classList.contains('react-flow__node') === true) return { node: target.dataset.id }
  return target?.classList.contains('react-flow__edge') === true ? { edge: target.dataset.id } : {}
}

/** Opening what is chosen already goes into it: a note is written, a group named. */
function open(session: EditorSession, event: KeyboardEvent): void {
  const { node, edge } = focused(event)
  const { select, selectedMarks } = session.document.getState()
  if (edge !== undefined) return select([], [edge])
  if (node === undefined) return
  if (readMark(node) === null) return select([node])
  const again = selectedMarks.length === 1 && selectedMarks[0] === node
  select([], [], [node])
  if (again || readMark(node)?.kind === 'note') session.view.getState().set({ writing: node })
}

function walk(session: EditorSession, event: KeyboardEvent): void {
  const way = WAYS[event.key]
  const { selectedNodes, selectedMarks, document: graph } = session.document.getState()
  const [from] = selectedNodes
  const card = graph.groups?.find(({ id, folded }) => folded === true && selectedMarks[0] === groupName(id))
  const id = way === undefined ? null : from !== undefined ? stepAlong(graph, from, way) : card && leadsTo(card, graph.edges, way)
  // Nothing is selected: the way begins at the first step.
  const to = from === undefined && card === undefined ? graph.nodes[0]?.id : id
  if (to === undefined || to === null) return
  const folded = foldedSteps(graph).get(to)
  const { select } = session.document.getState()
  if (folded === undefined) select([to])
  else select([], [], [folded])
  focusOn(folded ?? to)
}

const focusOn = (name: string) => document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(name)}"]`)?.focus()

/** Folding takes the card away that had the focus: the group's has it then. */
function foldAndFocus(session: EditorSession): void {
  foldSelected(session)
  const [mark] = session.document.getState().selectedMarks
  if (mark !== undefined) setTimeout(() => focusOn(mark))
}

function nudge(session: EditorSession, event: KeyboardEvent): void {
  const { x, y } = SIDES[event.key] ?? { x: 0, y: 0 }
  nudgeSelected(session, { x: x * GRID, y: y * GRID })
}

/** Letters as other drawing tools have them: left, middle and right; top, middle and bottom. */
const LINES: Readonly<Record<string, Arrangement>> = {
  KeyA: 'left',
  KeyH: 'center',
  KeyD: 'right',
  KeyW: 'top',
  KeyV: 'middle',
  KeyS: 'bottom',
}
const GAPS: Readonly<Record<string, Arrangement>> = { KeyH: 'spreadAcross', KeyV: 'spreadDown' }
const alt = (event: KeyboardEvent) => event.altKey && !command(event)

function arrange(session: EditorSession, event: KeyboardEvent, { boxes }: Places): void {
  const how = (event.shiftKey ? GAPS : LINES)[event.code]
  if (how !== undefined) arrangeSelected(session, how, boxes)
}

function selectAll(session: EditorSession): void {
  const graph = currentDocument(session)
  session.document.getState().select(
    graph.nodes.map(({ id }) => id),
    [],
    marksOf(graph),
  )
}

function escape(session: EditorSession): void {
  if (session.view.getState().palette !== null) session.view.getState().closePalette()
  else session.document.getState().select([])
}

/** `code` is the key's place on the board: `N` works with a Korean keyboard as well. */
export const canvasKeys: readonly KeyAct[] = [
  { name: 'until', when: (event) => plain(event) && event.shiftKey && event.key === 'Enter', act: previewUntilSelected },
  {
    name: 'open',
    when: (event) => plain(event) && (event.key === 'Enter' || event.key === ' ') && Object.keys(focused(event)).length > 0,
    act: open,
  },
  { name: 'nudge', when: (event) => event.shiftKey && arrow(event, Object.keys(SIDES)), act: nudge },
  { name: 'walk', when: (event) => arrow(event, ['ArrowLeft', 'ArrowRight']), act: walk },
  { name: 'branch', when: (event) => arrow(event, ['ArrowUp', 'ArrowDown']), act: walk },
  {
    name: 'undo',
    when: (event) => command(event) && event.code === 'KeyZ' && !event.shiftKey,
    act: (session) => session.document.getState().undo(),
  },
  {
    name: 'redo',
    when: (event) => command(event) && ((event.code === 'KeyZ' && event.shiftKey) || event.code === 'KeyY'),
    act: (session) => session.document.getState().redo(),
  },
  { name: 'all', when: (event) => command(event) && event.code === 'KeyA', act: selectAll },
  { name: 'duplicate', when: (event) => command(event) && event.code === 'KeyD' && !event.shiftKey, act: duplicateSelected },
  { name: 'group', when: (event) => command(event) && event.code === 'KeyG' && !event.shiftKey, act: groupAndName },
  { name: 'ungroup', when: (event) => command(event) && event.code === 'KeyG' && event.shiftKey, act: ungroupSelected },
  {
    name: 'foldGroup',
    when: (event) => plain(event) && event.code === 'KeyF' && event.shiftKey,
    act: foldAndFocus,
  },
  { name: 'align', when: (event) => alt(event) && !event.shiftKey && event.code in LINES, act: arrange },
  { name: 'spread', when: (event) => alt(event) && event.shiftKey && event.code in GAPS, act: arrange },
  { name: 'tidy', when: (event) => alt(event) && event.shiftKey && event.code === 'KeyT', act: tidy },
  { name: 'run', when: (event) => command(event) && event.key === 'Enter', act: startRun },
  {
    name: 'help',
    when: (event) => plain(event) && event.key === '?',
    act: (session) => session.view.getState().set({ keyHelp: true }),
  },
  {
    name: 'add',
    when: (event) => plain(event) && event.code === 'KeyN' && !event.shiftKey,
    act: (session) => session.view.getState().openPalette(),
  },
  {
    name: 'note',
    when: (event) => plain(event) && event.code === 'KeyN' && event.shiftKey,
    act: (session, _event, places) => session.view.getState().set({ writing: addNote(session, places.middle()) }),
  },
  {
    name: 'outline',
    when: (event) => plain(event) && event.code === 'KeyO' && !event.shiftKey,
    act: (session) => session.view.getState().toggleOutline(),
  },
  {
    name: 'link',
    when: (event) => plain(event) && event.code === 'KeyC' && !event.shiftKey,
    act: (session) => session.view.getState().set({ linking: session.document.getState().selectedNodes[0] ?? null }),
  },
  {
    name: 'remove',
    when: (event) => plain(event) && (event.key === 'Delete' || event.key === 'Backspace'),
    act: removeSelected,
  },
  { name: 'escape', when: (event) => plain(event) && event.key === 'Escape', act: escape },
]
