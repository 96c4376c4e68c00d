import { flushSync } from 'react-dom'
import type { EditorSession } from '#editor/model/session.ts'

/** Opens a step's form beside the list, with the caret in its name: at once, so that nothing of what is typed next goes elsewhere. */
export function focusPanel(session: Pick<EditorSession, 'document'>, nodeId: string): void {
  flushSync(() => session.document.getState().select([nodeId]))
  const name = () => document.querySelector<HTMLElement>('aside [data-step-name]')
  // A form that still comes is there with the next frame.
  if (name() !== null) name()?.focus()
  else requestAnimationFrame(() => name()?.focus())
}
