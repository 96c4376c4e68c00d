import type { Problem } from '#schemas/problem.ts'
import type { EditorSession } from './session.ts'

/** Selects what a problem is about and shows its field. */
export function goToProblem(session: Pick<EditorSession, 'document' | 'view'>, problem: Problem): void {
  const { select } = session.document.getState()
  if (problem.nodeId !== undefined) select([problem.nodeId])
  else if (problem.edgeId !== undefined) select([], [problem.edgeId])
  if (problem.nodeId !== undefined && problem.field !== undefined)
    session.view.getState().focusField(problem.nodeId, problem.field)
}
