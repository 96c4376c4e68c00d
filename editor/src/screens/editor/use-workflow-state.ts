import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Workflow } from '#schemas/api/workflows.ts'
import { useDocument } from '#editor/canvas/session-context.ts'
import { sameToPublish } from '#editor/model/checker.ts'
import type { OpenDraft } from './use-editor-session.ts'

export interface WorkflowState {
  /** What the server last said of the workflow, apart from its draft. */
  readonly workflow: Workflow
  /** Does the draft differ from the published version? */
  readonly differs: boolean
  readonly take: (workflow: Workflow) => void
}

/** Published version, on or off: what changes by publishing and switching, not by editing. */
export function useWorkflowState(opened: Workflow, { autosave }: OpenDraft): WorkflowState {
  const client = useQueryClient()
  const [workflow, setWorkflow] = useState(opened)
  const document = useDocument((state) => state.document)
  // The draft as it was when the server last told what is published.
  const [known, setKnown] = useState({ document: opened.document, differed: opened.published?.revision !== opened.revision })
  const take = useCallback(
    (next: Workflow) => {
      setWorkflow(next)
      setKnown({ document: next.document, differed: next.published?.revision !== next.revision })
      void client.invalidateQueries({ queryKey: ['workflows'] })
    },
    [client],
  )
  const untouched = !autosave.dirty && autosave.revision === workflow.published?.revision
  const differs = workflow.published === null || (!untouched && (known.differed || !sameToPublish(document, known.document)))
  return { workflow, differs, take }
}
