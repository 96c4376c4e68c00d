import type { Connection } from '#schemas/connection.ts'
import type { Language } from '#schemas/localized.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { Fix } from '#schemas/problem.ts'
import type { WorkflowDocument, WorkflowNode } from '#schemas/workflow.ts'
import type { Position } from './change.ts'
import type { ChecksStore } from './checks-store.ts'
import type { DocumentStore } from './document-store.ts'
import { addAfter, addStep, connect, type Edit, fixToChange, removeThings, splice } from './edits.ts'
import { tidyPositions } from './lines.ts'
import type { Ends, NodeTypeIndex } from './ports.ts'
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

export function connectPorts(session: EditorSession, ends: Ends): void {
  perform(session, connect(contextOf(session), ends))
}

/** Removes what is selected; a single step in the middle of a line heals it. */
export function removeSelected(session: EditorSession): void {
  const { selectedNodes, selectedEdges, change } = session.document.getState()
  if (selectedNodes.length === 0 && selectedEdges.length === 0) return
  change(removeThings(contextOf(session), { nodeIds: selectedNodes, edgeIds: selectedEdges }, true))
}

/** A problem's one-click fix. False: it no longer fits the graph. */
export function applyFix(session: EditorSession, fix: Fix): boolean {
  const change = fixToChange(contextOf(session), fix)
  if (change === null) return false
  session.document.getState().change(change)
  return true
}

export function tidy(session: EditorSession): void {
  session.document.getState().change({ kind: 'move', positions: tidyPositions(currentDocument(session)) })
}

/** A new value of one field of a config. `undefined` takes the key away. Typing in one field is one step back. */
export function setField(session: EditorSession, nodeId: string, entry: { name: string; value: unknown }): void {
  const node = currentDocument(session).nodes.find(({ id }) => id === nodeId)
  if (node === undefined) return
  const { [entry.name]: _old, ...rest } = node.config
  const config = entry.value === undefined ? rest : { ...node.config, [entry.name]: entry.value }
  session.document.getState().change({ kind: 'configure', nodeId, config }, `${nodeId}/${entry.name}`)
}

/** The step's own name, else what its type is called. */
export function labelOf(node: Pick<WorkflowNode, 'label' | 'type'>, types: NodeTypeIndex, language: Language): string {
  return node.label ?? types.get(node.type)?.title[language] ?? node.type
}
