import type { EditorSession } from '#editor/model/session.ts'

/** Opens a step's form beside the list, with the caret in its name. */
export function focusPanel(session: Pick<EditorSession, 'document'>, nodeId: string): void {
  session.document.getState().select([nodeId])
  // After the form of this step stands there.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('aside [data-step-name]')?.focus())
}
