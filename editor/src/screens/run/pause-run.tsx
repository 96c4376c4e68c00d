import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResumeInput } from '#schemas/api/runs.ts'
import type { Run } from '#schemas/run.ts'
import { pauseRun, resumeRun } from '#editor/api/run-actions.ts'
import { Confirm } from '#editor/parts/confirm.tsx'
import { LateDialog } from './late-dialog.tsx'
import { isLate } from './run-facts.ts'
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

/**
 * Goes on with a run that stands. After a problem it says that it may stop again. What came out of a backup, and what is over its time, is
 * asked about first.
 */
export function ResumeRun({ run, size }: { run: Run; size?: 'xs' }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'restored' | 'late' | null>(null)
  const restored = isRestored(run)
  const done = ({ late }: ResumeInput) => {
    if (late === 'expire') return t('control.resume.late.done')
    return t(isProblem(run) && !restored ? 'control.resume.waiting' : 'control.resume.done')
  }
  const resume = useRunAction<ResumeInput>({ run, act: resumeRun, done, after: () => setAsking(null) })
  const confirm = restored ? { confirm: true } : {}
  const go = () => (isLate(run, Date.now()) ? setAsking('late') : resume.mutate(confirm))
  return (
    <>
      <Button
        {...(size === undefined ? {} : { size })}
        {...(restored ? { variant: 'default' } : {})}
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        loading={resume.isPending}
        onClick={() => (restored ? setAsking('restored') : go())}
      >
        {t('control.resume.action')}
      </Button>
      {restored && (
        <Confirm
          opened={asking === 'restored'}
          title={t('control.resume.restored')}
          text={run.reason?.message ?? ''}
          action={t('control.resume.confirmed')}
          danger
          busy={resume.isPending}
          onConfirm={go}
          onCancel={() => setAsking(null)}
        />
      )}
      <LateDialog
        opened={asking === 'late'}
        run={run}
        busy={resume.isPending}
        onChoice={(late) => resume.mutate({ ...confirm, late })}
        onCancel={() => setAsking(null)}
      />
    </>
  )
}

/** Stands because the database came out of a backup: what went out since is not known. */
export const isRestored = (run: Pick<Run, 'reason'>): boolean => run.reason?.code === 'run-restored'

/** Paused by something that has to be mended, not by a person. */
export const isProblem = (run: Pick<Run, 'reason'>): boolean => run.reason !== null && run.reason.code !== 'paused-by-person'
