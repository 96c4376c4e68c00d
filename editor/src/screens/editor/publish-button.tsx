import { Button, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconRocket } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ApiError } from '#editor/api/client.ts'
import { useChecks, useDocument, useSession } from '#editor/canvas/session-context.ts'
import type { Workflow } from '#schemas/api/workflows.ts'
import type { OpenDraft } from './use-editor-session.ts'
import { useStartsItself } from './use-starts-itself.ts'
import type { WorkflowState } from './use-workflow-state.ts'

/** Makes the draft the version that schedules and callers run. Says why it cannot; stands out when the draft has something new. */
export function PublishButton({ state, draft }: { state: WorkflowState; draft: OpenDraft }) {
  const { t } = useTranslation()
  const session = useSession()
  const startsItself = useStartsItself()
  const [busy, setBusy] = useState(false)
  const errors = useChecks((checks) => checks.problems.filter(({ severity }) => severity === 'error').length)
  const empty = useDocument(({ document }) => document.nodes.length === 0)
  const reason = empty
    ? t('editor.publish.empty')
    : errors > 0
      ? t('editor.publish.errors', { count: errors })
      : !state.differs
        ? t('editor.publish.same')
        : null
  const publish = async () => {
    setBusy(true)
    try {
      if (!(await draft.autosave.flush())) return notifications.show({ color: 'red', message: t('editor.publish.notSaved') })
      const path = `/api/workflows/${encodeURIComponent(session.workflowId)}`
      const { version } = await api.post<{ version: number }>(`${path}/publish`, {})
      const next = await api.get<Workflow>(path)
      state.take(next)
      const word = startsItself && !next.enabled ? 'editor.publish.doneOff' : 'editor.publish.done'
      notifications.show({ color: 'green', message: t(word, { version }) })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'has-problems') session.view.getState().set({ dockTab: 'problems' })
      notifications.show({ color: 'red', message: error instanceof Error ? error.message : String(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Tooltip label={reason} disabled={reason === null} position="bottom-end" withArrow>
      <Button
        variant={state.differs ? 'filled' : 'default'}
        leftSection={<IconRocket size={16} />}
        loading={busy}
        // Not `disabled`: the reason must be reachable by keyboard and pointer.
        {...(reason === null ? {} : { 'data-disabled': true })}
        aria-disabled={reason !== null}
        onClick={() => {
          if (reason === null) void publish()
          else if (errors > 0) session.view.getState().set({ dockTab: 'problems' })
        }}
      >
        {t('editor.publish.button')}
      </Button>
    </Tooltip>
  )
}
