import { useEffect, useState } from 'react'
import type { WorkflowFrame } from '#schemas/frames.ts'
import { liveSocket } from '#editor/live/socket.ts'
import type { OpenDraft } from './use-editor-session.ts'

interface Elsewhere {
  /** Other windows in which the workflow is open; null names another window of the same person. */
  readonly others: WorkflowFrame['others']
  /** There is a newer draft than the one that is shown, and nothing here that is not saved. */
  readonly newer: boolean
}

/** Who else has this workflow open, and whether its draft was changed there. */
export function useElsewhere({ session, autosave, saveState }: OpenDraft): Elsewhere {
  const [frame, setFrame] = useState<WorkflowFrame | null>(null)
  const { workflowId } = session
  useEffect(() => liveSocket().watchWorkflow(workflowId, setFrame), [workflowId])
  if (frame === null) return { others: [], newer: false }
  // While something is to be saved, the answer of the server says whether somebody was faster: then a person decides (conflict-dialog.tsx).
  return { others: frame.others, newer: saveState.kind === 'saved' && frame.revision > autosave.revision }
}
