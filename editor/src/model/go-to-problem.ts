import type { Problem } from '#schemas/problem.ts'
import type { EditorSession } from './session.ts'
import { showStep } from './session-marks.ts'

/** Selects what a problem is about and shows its field; a folded group around it is unfolded. */
export function goToProblem(session: Pick<EditorSession, 'document' | 'view'>, problem: Problem): void {
  const { select } = session.document.getState()
  if (problem.nodeId !== undefined) showStep(session, problem.nodeId)
  else if (problem.edgeId !== undefined) select([], [problem.edgeId])
  if (problem.nodeId !== undefined && problem.field !== undefined)
    session.view.getState().focusField(problem.nodeId, problem.field)
}
