import { Button } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { cancelRun, runQuery } from '#editor/api/runs.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { toastDone, toastError } from '#editor/parts/toasts.ts'
import { progressOf } from './run-facts.ts'

/** Stops the run for good, after naming it and how many will get nothing. */
export function CancelRun({ run }: { run: Run }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { left } = progressOf(run)
  const name = t('run.heading', { workflow: run.workflowName, number: run.number })
  const cancel = useMutation({
    mutationFn: () => cancelRun(run.id),
    onSuccess: (answer) => {
      queries.setQueryData(runQuery(run.id).queryKey, answer)
      setAsking(false)
      toastDone(t('run.cancel.done'))
    },
    onError: (error) => {
      setAsking(false)
      toastError(error)
    },
  })
  const action = left > 0 ? t('run.cancel.action', { count: left }) : t('run.cancel.early')
  return (
    <>
      <Button variant="default" c="red" leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {action}
      </Button>
      <Confirm
        opened={asking}
        title={left > 0 ? t('run.cancel.title', { name, count: left }) : t('run.cancel.titleEarly', { name })}
        text={t('run.cancel.text')}
        action={action}
        danger
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate()}
        onCancel={() => setAsking(false)}
      />
    </>
  )
}
