import type { Problem } from '#schemas/problem.ts'
import { isPart } from '#schemas/sub-workflow.ts'
import { goToProblem } from './go-to-problem.ts'
import { currentDocument, type EditorSession } from './session.ts'

/** The first problem over which nothing is run; null: it can be. */
export function obstacleOf(session: EditorSession): Problem | null {
  return session.checks.getState().problems.find(({ severity }) => severity === 'error') ?? null
}

/**
 * What "run" does, by the button and by the key: opens the dialog that prepares and asks. Over a problem it never opens: it leads to the first
 * one. Nothing happens on an empty canvas, in a workflow that others use inside, and while the dialog is open.
 */
export function startRun(session: EditorSession): void {
  const view = session.view.getState()
  const document = currentDocument(session)
  if (document.nodes.length === 0 || isPart(document) || view.launching !== null) return
  const first = obstacleOf(session)
  if (first === null) return view.set({ launching: 'draft' })
  view.set({ dockTab: 'problems' })
  goToProblem(session, first)
}
