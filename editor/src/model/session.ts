import type { Connection } from '#schemas/connection.ts'
import type { Language } from '#schemas/localized.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Fix } from '#schemas/problem.ts'
import { SUB_WORKFLOW } from '#schemas/sub-workflow.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import type { Change, Position } from './change.ts'
import type { ChecksStore } from './checks-store.ts'
import { pasting, pieceText, readPiece } from './clipboard.ts'
import type { DocumentStore } from './document-store.ts'
import { addAfter, addStep, connect, fixToChange } from './edits.ts'
import type { Edit } from './ends.ts'
import { removeThings } from './heal.ts'
import { removingMarks } from './marks.ts'
import type { Ends, NodeTypeIndex } from './ports.ts'
import { splice, spliceStep } from './splice.ts'
import { typeOfNode } from './step-type.ts'
import type { PaletteAsk, ViewStore } from './view-store.ts'

/** Everything that an open workflow consists of in the browser. One per opened workflow; its stores are what the screen subscribes to. */
export interface EditorSession {
  readonly workflowId: string
  readonly types: NodeTypeIndex
  readonly connections: readonly Connection[]
  readonly document: DocumentStore
  readonly checks: ChecksStore
  readonly view: ViewStore
  /** Asks for the preview now. */
  readonly refreshPreview: () => void
  /** The same, of the databases themselves: nothing that was kept is shown. */
  readonly askAnew: () => void
}

export function currentDocument(session: EditorSession): WorkflowDocument {
  return session.document.getState().document
}

function perform(session: EditorSession, edit: Edit | null): string | null {
  if (edit === null) return null
  session.document.getState().change(edit.change)
  if (edit.nodeId !== null) session.document.getState().select([edit.nodeId])
  return edit.nodeId
}

function contextOf(session: EditorSession) {
  return { document: currentDocument(session), types: session.types }
}

/** Puts the type chosen in the palette where the palette was asked for, selects it, closes the palette. Returns its id. */
export function chooseType(session: EditorSession, type: NodeDescriptor, ask: PaletteAsk): string | null {
  const context = contextOf(session)
  const selected = session.document.getState().selectedNodes[0] ?? null
  const place = ask.position === null ? {} : { position: ask.position }
  const edit =
    (ask.edgeId === null ? null : splice(context, type, { edgeId: ask.edgeId, ...place })) ??
    (ask.open !== null
      ? addStep(context, type, { open: ask.open, ...place })
      : ask.position !== null
        ? addStep(context, type, place)
        : addAfter(context, type, selected))
  session.view.getState().closePalette()
  return perform(session, edit)
}

/** A step dragged out of the palette and dropped: into a line, or where it was dropped. */
export function dropType(
  session: EditorSession,
  type: NodeDescriptor,
  drop: { position: Position; edgeId: string | null },
): string | null {
  return chooseType(session, type, { open: null, edgeId: drop.edgeId, at: null, position: drop.position, wire: null })
}

/** Would this step go into the line that it is held over? */
export function fitsIntoLine(session: EditorSession, nodeId: string, edgeId: string): boolean {
  return spliceStep(contextOf(session), nodeId, edgeId) !== null
}

/** A step that was dragged onto a line goes into it. `moved`: the drag changed its place, and one step back takes both back. */
export function putIntoLine(
  session: EditorSession,
  { nodeId, edgeId, moved }: { nodeId: string; edgeId: string; moved: boolean },
): void {
  const change = spliceStep(contextOf(session), nodeId, edgeId)
  if (change === null) return
  const { changeWithLast, change: changeAlone } = session.document.getState()
  if (moved) changeWithLast(change)
  else changeAlone(change)
}

export function connectPorts(session: EditorSession, ends: Ends): void {
  perform(session, connect(contextOf(session), ends))
}

/** Takes one line away. */
export function cutLine(session: EditorSession, edgeId: string): void {
  session.document.getState().change({ kind: 'remove', nodeIds: [], edgeIds: [edgeId] })
}

/** Removes what is selected; where steps stood in a row between two others, these are joined. */
export function removeSelected(session: EditorSession): void {
  const { document, selectedNodes, selectedEdges, selectedMarks, change } = session.document.getState()
  const things = { nodeIds: selectedNodes, edgeIds: selectedEdges }
  const marks = removingMarks(document, selectedMarks)
  const steps = selectedNodes.length + selectedEdges.length === 0 ? null : removeThings(contextOf(session), things)
  // The marks first: what becomes of a group whose steps go is known only then.
  const changes = [marks, steps].filter((one) => one !== null)
  if (changes.length > 0) change({ kind: 'batch', changes })
}

/** What is selected, as text for the clipboard; null: nothing is. */
export function selectedText(session: EditorSession): string | null {
  const { document, selectedNodes, selectedMarks } = session.document.getState()
  return selectedNodes.length + selectedMarks.length === 0 ? null : pieceText(document, selectedNodes, selectedMarks)
}

/** Puts copied steps on the canvas and selects them. `at`: where, in places of the canvas; else beside where they came from. */
export function pasteText(session: EditorSession, text: string, at: Position | null): 'pasted' | 'foreign' | 'broken' {
  const piece = readPiece(text)
  if (typeof piece === 'string') return piece
  const { change, nodeIds, marks } = pasting(currentDocument(session), piece, at)
  session.document.getState().change(change)
  session.document.getState().select(nodeIds, [], marks)
  return 'pasted'
}

/** The selected steps once more, with the lines between them. */
export function duplicateSelected(session: EditorSession): void {
  const text = selectedText(session)
  if (text !== null) pasteText(session, text, null)
}

/** A problem's one-click fix. False: it no longer fits the graph. */
export function applyFix(session: EditorSession, fix: Fix): boolean {
  const change = fixToChange(contextOf(session), fix)
  if (change === null) return false
  session.document.getState().change(change)
  return true
}

/** A new value of one field of a config. `undefined` takes the key away. Typing in one field is one step back. */
export function setField(session: EditorSession, nodeId: string, entry: { name: string; value: unknown }): void {
  const node = currentDocument(session).nodes.find(({ id }) => id === nodeId)
  if (node === undefined) return
  const { [entry.name]: _old, ...rest } = node.config
  const config = entry.value === undefined ? rest : { ...node.config, [entry.name]: entry.value }
  configure(session, node, { config, asOne: `${nodeId}/${entry.name}` })
}

/** New values of several fields of a config, as one step back; null takes a field away. */
export function setFields(session: EditorSession, nodeId: string, fields: Readonly<Record<string, unknown>>): void {
  const node = currentDocument(session).nodes.find(({ id }) => id === nodeId)
  if (node === undefined) return
  const entries = Object.entries({ ...node.config, ...fields }).filter(([, value]) => value !== null)
  configure(session, node, { config: Object.fromEntries(entries) })
}

/** Makes the step one of another type, with its lines and its name, as one step back. */
export function becomeType(
  session: EditorSession,
  nodeId: string,
  { type, config }: { type: string; config: Readonly<Record<string, unknown>> },
): void {
  const found = session.types.get(type)
  if (found === undefined) return
  session.document.getState().change({ kind: 'become', nodeId, type, typeVersion: found.version, config })
}

/** `asOne`: changes of this name that follow each other are one step back. */
function configure(
  session: EditorSession,
  node: WorkflowNode,
  { config, asOne }: { config: WorkflowNode['config']; asOne?: string },
): void {
  const configured: Change = { kind: 'configure', nodeId: node.id, config }
  const gone = linesWithoutWay(contextOf(session), node, config)
  if (gone.length === 0) session.document.getState().change(configured, asOne)
  else
    session.document.getState().change({ kind: 'batch', changes: [{ kind: 'remove', nodeIds: [], edgeIds: gone }, configured] })
}

/** Lines out of ways that this config names no more: they go with them, and come back with them. */
function linesWithoutWay(
  { document, types }: ReturnType<typeof contextOf>,
  node: WorkflowNode,
  config: WorkflowNode['config'],
): string[] {
  const [before, after] = [typeOfNode(types, node)?.ports.out ?? {}, typeOfNode(types, { ...node, config })?.ports.out ?? {}]
  return document.edges
    .filter(({ source, sourcePort }) => source === node.id && sourcePort in before && !(sourcePort in after))
    .map(({ id }) => id)
}

/** The step's own name, else that of the workflow that it is, else what its type is called. */
export function labelOf(
  { label, type, config }: Pick<WorkflowNode, 'label' | 'type'> & Partial<Pick<WorkflowNode, 'config'>>,
  types: NodeTypeIndex,
  language: Language,
): string {
  const inner = type === SUB_WORKFLOW && typeof config?.name === 'string' && config.name !== '' ? config.name : undefined
  return label ?? inner ?? types.get(type)?.title[language] ?? type
}
