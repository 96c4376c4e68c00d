import type { WorkflowDocument } from '#schemas/workflow.ts'
import type { OpenDraft } from './use-editor-session.ts'

/** Shows the server's newer draft in place of this one, of which nothing is left: whoever had changes here was asked first. */
export function takeTheirs(
  { autosave, session }: Pick<OpenDraft, 'autosave' | 'session'>,
  { document, revision }: { document: WorkflowDocument; revision: number },
): void {
  autosave.takeTheirs(revision)
  session.document.getState().replace(document)
  // The replaced draft is the server's own: it is not to be saved again.
  autosave.takeTheirs(revision)
}
