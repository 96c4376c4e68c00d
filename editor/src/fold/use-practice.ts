import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { executeWorkflow } from '#editor/api/workflows.ts'
import { useSession } from '#editor/canvas/session-context.ts'
import type { OpenDraft } from '#editor/screens/editor/use-editor-session.ts'
import type { WorkflowState } from '#editor/screens/editor/use-workflow-state.ts'

interface Practice {
  readonly draft: OpenDraft
  readonly state: WorkflowState
  readonly onStarted: () => void
}

/**
 * Runs what is drawn at once, without the dialog that asks: only for what cannot leave the sandbox
 * (docs/decisions/0270-the-first-five-minutes.md). A lost answer and a second press find the same run.
 */
export function usePractice({ draft, state, onStarted }: Practice) {
  const { t } = useTranslation()
  const session = useSession()
  const key = useRef(crypto.randomUUID())
  return useMutation({
    mutationFn: async () => {
      if (!(await draft.autosave.flush())) throw new Error(t('editor.publish.notSaved'))
      const { published } = state.workflow
      const version = published !== null && !state.differs ? published.version : 'draft'
      return executeWorkflow(session.workflowId, { version }, key.current)
    },
    onSuccess: ({ runId }) => {
      key.current = crypto.randomUUID()
      session.view.getState().set({ practice: runId })
      onStarted()
    },
  })
}
