import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { declineMissed } from '#editor/api/schedules.ts'
import { executeWorkflow } from '#editor/api/workflows.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { toastDone, toastError } from '#editor/parts/toasts.ts'

interface MissedAnswerProps {
  readonly workflowId: string
  readonly name: string
  /** The newest time that is asked about. */
  readonly newest: string
}

/** The two answers to "it should have started then": start it now, once, or leave it out. */
export function MissedAnswer({ workflowId, name, newest }: MissedAnswerProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const start = useMutation({
    // The key is the time's: two people who answer at once start one run.
    mutationFn: () => executeWorkflow(workflowId, {}, `missed-${workflowId}-${newest}`),
    onSuccess: ({ runId }) => navigate({ to: '/runs/$id', params: { id: runId } }),
    onError: (error) => {
      setAsking(false)
      toastError(error)
    },
  })
  const decline = useMutation({
    mutationFn: () => declineMissed(workflowId, newest),
    onSuccess: () => toastDone(t('schedules.answer.declined', { name })),
    onError: (error) => toastError(error),
    // The notice on the first page ends with the question.
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey: [first] }) => DEPENDENT.has(first) }),
  })
  return (
    <Group gap={6}>
      <Button size="xs" onClick={() => setAsking(true)}>
        {t('schedules.answer.start')}
      </Button>
      <Button size="xs" variant="default" loading={decline.isPending} onClick={() => decline.mutate()}>
        {t('schedules.answer.decline')}
      </Button>
      <Confirm
        opened={asking}
        title={t('schedules.answer.askTitle', { name })}
        text={t('schedules.answer.askText')}
        action={t('schedules.answer.start')}
        busy={start.isPending}
        onConfirm={() => start.mutate()}
        onCancel={() => setAsking(false)}
      />
    </Group>
  )
}

const DEPENDENT: ReadonlySet<unknown> = new Set(['workflow', 'schedules', 'notices'])
