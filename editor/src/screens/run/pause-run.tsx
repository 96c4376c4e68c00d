import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { pauseRun, resumeRun } from '#editor/api/run-actions.ts'
import { useRunAction } from './use-run-action.ts'

/** Stops sending for a while. It can be taken back, so it does not ask. */
export function PauseRun({ run }: { run: Run }) {
  const { t } = useTranslation()
  const pause = useRunAction({ run, act: pauseRun, done: t('control.pause.done') })
  return (
    <Button
      variant="default"
      leftSection={<IconPlayerPause size={16} aria-hidden />}
      loading={pause.isPending}
      onClick={() => pause.mutate()}
    >
      {t('control.pause.action')}
    </Button>
  )
}

/** Goes on with a run that stands. After a problem it says that it may stop again. */
export function ResumeRun({ run, size }: { run: Run; size?: 'xs' }) {
  const { t } = useTranslation()
  const done = t(isProblem(run) ? 'control.resume.waiting' : 'control.resume.done')
  const resume = useRunAction({ run, act: resumeRun, done })
  return (
    <Button
      {...(size === undefined ? {} : { size })}
      leftSection={<IconPlayerPlay size={16} aria-hidden />}
      loading={resume.isPending}
      onClick={() => resume.mutate()}
    >
      {t('control.resume.action')}
    </Button>
  )
}

/** Paused by something that has to be mended, not by a person. */
export const isProblem = (run: Pick<Run, 'reason'>): boolean => run.reason !== null && run.reason.code !== 'paused-by-person'
