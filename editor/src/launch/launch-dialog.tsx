import { Modal } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '#editor/canvas/session-context.ts'
import type { OpenDraft } from '#editor/screens/editor/use-editor-session.ts'
import type { WorkflowState } from '#editor/screens/editor/use-workflow-state.ts'
import { LaunchRun } from './launch-run.tsx'
import { LaunchStart } from './launch-start.tsx'
import styles from './launch.module.css'
import { useOneStepBehind } from '#editor/parts/use-one-step-behind.ts'

interface LaunchDialogProps {
  readonly which: 'draft' | 'published'
  readonly state: WorkflowState
  readonly draft: OpenDraft
}

/** The one look before something is sent: prepares a run, shows what it found, and sends by a person's word. */
export function LaunchDialog({ which, state, draft }: LaunchDialogProps) {
  const { t } = useTranslation()
  const session = useSession()
  const [runId, setRunId] = useState<string | null>(null)
  const [leaving, setLeaving] = useState(false)
  const [asks, setAsks] = useState(false)
  const shown = useOneStepBehind(true)
  const { published } = state.workflow
  // What is published and was not changed since is that version, and is called so.
  const version = published !== null && (which === 'published' || !state.differs) ? published.version : 'draft'
  const gone = useRef(false)
  const close = () => {
    gone.current = true
    session.view.getState().set({ launching: null })
  }
  const name = version === 'draft' ? t('launch.draft') : t('launch.published', { version })
  return (
    <Modal
      opened={shown}
      // What was prepared is not thrown away by a slip: first the question.
      onClose={() => (asks ? setLeaving(!leaving) : close())}
      size={720}
      padding={0}
      radius={16}
      withCloseButton={false}
      classNames={{ content: styles.content ?? '' }}
    >
      {runId === null ? (
        <LaunchStart version={version} name={name} draft={draft} gone={gone} onStarted={setRunId} onClose={close} />
      ) : (
        <LaunchRun
          runId={runId}
          version={version}
          name={name}
          leaving={leaving}
          revision={version === 'draft' ? draft.autosave.revision : null}
          onAsks={setAsks}
          onLeaving={setLeaving}
          onClose={close}
        />
      )}
    </Modal>
  )
}
