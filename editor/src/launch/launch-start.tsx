import { Button } from '@mantine/core'
import { useEffect, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#editor/api/client.ts'
import { useSession } from '#editor/canvas/session-context.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import type { OpenDraft } from '#editor/screens/editor/use-editor-session.ts'
import { LaunchFrame } from './launch-frame.tsx'
import { Preparing } from './preparing.tsx'
import { usePrepare } from './use-launch.ts'

interface LaunchStartProps {
  readonly version: 'draft' | number
  readonly name: string
  readonly draft: OpenDraft
  /** Closed meanwhile: what is being made is not wanted any more. */
  readonly gone: RefObject<boolean>
  readonly onStarted: (runId: string) => void
  readonly onClose: () => void
}

/** Saves the draft and makes the run; says why where that does not go. */
export function LaunchStart({ version, name, draft, gone, onStarted, onClose }: LaunchStartProps) {
  const { t } = useTranslation()
  const session = useSession()
  const start = usePrepare({
    workflowId: session.workflowId,
    version,
    gone,
    before: async () => {
      if (version === 'draft' && !(await draft.autosave.flush())) throw new Error(t('editor.publish.notSaved'))
    },
  })
  const { data, error } = start
  useEffect(() => {
    if (data !== undefined) onStarted(data.runId)
  }, [data, onStarted])
  useEffect(() => {
    // The server's check was newer than ours: the problems stand in the dock a moment later.
    if (error instanceof ApiError && error.code === 'has-problems') session.view.getState().set({ dockTab: 'problems' })
  }, [error, session])
  return (
    <LaunchFrame title={t('launch.title.preparing')} name={name} onClose={onClose}>
      {error === null ? <Preparing text={t('launch.starting')} /> : <ErrorNote error={error} onRetry={() => start.mutate()} />}
      <footer>
        <span />
        <Button variant="default" autoFocus onClick={onClose}>
          {t('launch.close')}
        </Button>
      </footer>
    </LaunchFrame>
  )
}
