import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { pauseRun, resumeRestoredRun, resumeRun } from '#editor/api/run-actions.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
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

/** Goes on with a run that stands. After a problem it says that it may stop again; what came out of a backup is asked about first. */
export function ResumeRun({ run, size }: { run: Run; size?: 'xs' }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const restored = isRestored(run)
  const done = t(isProblem(run) && !restored ? 'control.resume.waiting' : 'control.resume.done')
  const act = restored ? resumeRestoredRun : resumeRun
  const resume = useRunAction({ run, act, done, after: () => setAsking(false) })
  return (
    <>
      <Button
        {...(size === undefined ? {} : { size })}
        {...(restored ? { variant: 'default' } : {})}
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        loading={resume.isPending}
        onClick={() => (restored ? setAsking(true) : resume.mutate())}
      >
        {t('control.resume.action')}
      </Button>
      {restored && (
        <Confirm
          opened={asking}
          title={t('control.resume.restored')}
          text={run.reason?.message ?? ''}
          action={t('control.resume.confirmed')}
          danger
          busy={resume.isPending}
          onConfirm={() => resume.mutate()}
          onCancel={() => setAsking(false)}
        />
      )}
    </>
  )
}

/** Stands because the database came out of a backup: what went out since is not known. */
export const isRestored = (run: Pick<Run, 'reason'>): boolean => run.reason?.code === 'run-restored'

/** Paused by something that has to be mended, not by a person. */
export const isProblem = (run: Pick<Run, 'reason'>): boolean => run.reason !== null && run.reason.code !== 'paused-by-person'
