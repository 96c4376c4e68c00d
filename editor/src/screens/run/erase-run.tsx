import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useQueryClient } from '@tanstack/react-query'
import type { Run } from '#schemas/run.ts'
import { eraseRun } from '#editor/api/run-actions.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { isEnded } from './run-facts.ts'
import { useRunAction } from './use-run-action.ts'

/** There are still people to erase, and the run needs them no more. */
export const canErase = (run: Pick<Run, 'state' | 'personalData'>): boolean =>
  isEnded(run.state) && run.personalData?.erasedAt === null && run.personalData.deletedAt === null

interface EraseRunProps {
  readonly run: Run
  readonly opened: boolean
  readonly onClose: () => void
}

/** Makes the people of a run unreadable for ever, after saying what goes and what stays. */
export function EraseRun({ run, opened, onClose }: EraseRunProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const name = t('run.heading', { workflow: run.workflowName, number: run.number })
  const erase = useRunAction({
    run,
    act: eraseRun,
    done: t('control.erase.done'),
    after: () => {
      onClose()
      // An open message was read with its text: it is not there any more.
      queries.removeQueries({ queryKey: ['message'], type: 'inactive' })
      void queries.invalidateQueries({ queryKey: ['message'] })
    },
  })
  return (
    <Confirm
      opened={opened}
      title={t('control.erase.title', { name, count: run.recipients ?? 0 })}
      text={
        <Stack gap={10}>
          <span>{t('control.erase.gone')}</span>
          <span>{t('control.erase.stays')}</span>
          <span>{t('control.erase.backups')}</span>
        </Stack>
      }
      action={t('control.erase.go')}
      danger
      busy={erase.isPending}
      onConfirm={() => erase.mutate()}
      onCancel={onClose}
    />
  )
}
