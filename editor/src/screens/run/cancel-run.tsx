import { Button } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { cancelRun } from '#editor/api/run-actions.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { progressOf } from './run-facts.ts'
import { useRunAction } from './use-run-action.ts'

/** Stops the run for good, after naming it and how many will get nothing. */
export function CancelRun({ run }: { run: Run }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const { left } = progressOf(run)
  const name = t('run.heading', { workflow: run.workflowName, number: run.number })
  const cancel = useRunAction({ run, act: cancelRun, done: t('run.cancel.done'), after: () => setAsking(false) })
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
        keep={t('run.cancel.keep')}
        danger
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate()}
        onCancel={() => setAsking(false)}
      />
    </>
  )
}
