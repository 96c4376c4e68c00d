import { Switch } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { switchWorkflow } from '#editor/api/workflows.ts'
import { toastDone, toastError } from '#editor/parts/toasts.ts'
import type { WorkflowState } from './use-workflow-state.ts'

/** On: schedules and events start the published version. Stands where everybody sees it; before the first publishing it says what is missing. */
export function OnSwitch({ state }: { state: WorkflowState }) {
  const { t } = useTranslation()
  const { id, enabled, published } = state.workflow
  const turn = useMutation({
    mutationFn: (on: boolean) => switchWorkflow(id, on),
    onSuccess: (next) => {
      state.take(next)
      toastDone(t(next.enabled ? 'editor.menu.nowOn' : 'editor.menu.nowOff'))
    },
    onError: (error) => toastError(error),
  })
  return (
    <Switch
      size="sm"
      label={t(enabled ? 'editor.bar.on' : 'editor.bar.off')}
      title={published === null ? t('editor.menu.publishFirst') : undefined}
      checked={enabled}
      disabled={published === null || turn.isPending}
      onChange={(event) => turn.mutate(event.currentTarget.checked)}
    />
  )
}
