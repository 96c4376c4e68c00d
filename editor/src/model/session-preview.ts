import { currentDocument, type EditorSession } from './session.ts'

/** Asks for the rows up to a step and stops there; the dock shows what comes into it and goes out of it. */
export function previewUntil(session: EditorSession, nodeId: string): void {
  session.view.getState().set({ until: nodeId, dockTab: 'rows' })
  session.document.getState().select([nodeId])
  session.refreshPreview()
}

/** Asks for the rows through all steps. */
export function previewAll(session: EditorSession): void {
  session.view.getState().set({ until: null })
  session.refreshPreview()
}

/** Nothing comes into the step that starts it all. */
export function canPreviewUntil(session: EditorSession, nodeId: string): boolean {
  const node = currentDocument(session).nodes.find(({ id }) => id === nodeId)
  const role = node === undefined ? undefined : session.types.get(node.type)?.role
  return role !== undefined && role !== 'trigger'
}

/** Up to the one selected step. */
export function previewUntilSelected(session: EditorSession): void {
  const [only, ...others] = session.document.getState().selectedNodes
  if (only !== undefined && others.length === 0 && canPreviewUntil(session, only)) previewUntil(session, only)
}
