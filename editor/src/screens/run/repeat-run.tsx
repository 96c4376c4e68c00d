import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { repeatRun } from '#editor/api/run-actions.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { toastError } from '#editor/parts/toasts.ts'

interface RepeatRunProps {
  readonly run: Run
  readonly opened: boolean
  readonly onClose: () => void
}

/** Asks, then starts the same version anew and goes there. */
export function RepeatRun({ run, opened, onClose }: RepeatRunProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const key = useRef(crypto.randomUUID())
  const repeat = useMutation({
    // One key for all clicks until it worked: an answer that was lost must not start a second run.
    mutationFn: () => repeatRun(run.id, key.current),
    onSuccess: async ({ runId }) => {
      key.current = crypto.randomUUID()
      onClose()
      await navigate({ to: '/runs/$id', params: { id: runId } })
    },
    onError: (error) => {
      onClose()
      toastError(error)
    },
  })
  const version = run.version === 'draft' ? t('run.draft') : t('run.version', { version: run.version })
  return (
    <Confirm
      opened={opened}
      title={t('control.repeat.title', { name: run.workflowName })}
      text={t('control.repeat.text', { version })}
      action={t('control.repeat.action')}
      busy={repeat.isPending}
      onConfirm={() => repeat.mutate()}
      onCancel={onClose}
    />
  )
}
