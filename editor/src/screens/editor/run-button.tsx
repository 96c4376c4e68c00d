import { Button } from '@mantine/core'
import { IconPlayerPlay, IconSend } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument, useSession, useView } from '#editor/canvas/session-context.ts'
import { isPart } from '#schemas/sub-workflow.ts'
import { startRun } from '#editor/model/start-run.ts'
import { latePart } from '#editor/parts/late-part.tsx'
import type { OpenDraft } from './use-editor-session.ts'
import type { WorkflowState } from './use-workflow-state.ts'

const LaunchDialog = latePart(async () => (await import('#editor/launch/launch-dialog.tsx')).LaunchDialog)

interface RunButtonProps {
  readonly state: WorkflowState
  readonly draft: OpenDraft
  /** As the one primary action of a page, under a name of its own; it must not lead to problems that the page does not show. */
  readonly primary?: { readonly name: string; readonly disabled: boolean }
}

/** Runs it: the dialog prepares, shows to whom, at what cost and when, and sends by a person's word. */
export function RunButton({ state, draft, primary }: RunButtonProps) {
  const { t } = useTranslation()
  const session = useSession()
  const launching = useView((view) => view.launching)
  const empty = useDocument((document) => document.document.nodes.length === 0)
  const part = useDocument((state) => isPart(state.document))
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    // The dialog is gone with its focus: who closed it goes on where it was opened.
    if (wasOpen.current && launching === null) button.current?.focus()
    wasOpen.current = launching !== null
  }, [launching])
  return (
    <>
      <Button
        ref={button}
        variant={primary === undefined ? 'default' : 'filled'}
        leftSection={primary === undefined ? <IconPlayerPlay size={16} /> : <IconSend size={16} />}
        disabled={empty || part || primary?.disabled === true}
        title={part ? t('editor.run.part') : undefined}
        aria-haspopup="dialog"
        onClick={() => startRun(session)}
      >
        {primary?.name ?? t('editor.run.button')}
      </Button>
      {launching !== null && (
        <LaunchDialog
          which={launching}
          state={state}
          draft={draft}
          onDismiss={() => session.view.getState().set({ launching: null })}
        />
      )}
    </>
  )
}
