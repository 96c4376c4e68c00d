import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { cancelRun } from '#editor/api/run-actions.ts'
import { toastDone } from '#editor/parts/toasts.ts'
import { useRunAction } from '#editor/screens/run/use-run-action.ts'
import { LaunchFrame } from './launch-frame.tsx'

interface LeavingProps {
  readonly run: Run
  readonly name: string
  readonly onBack: () => void
  readonly onClose: () => void
}

/** What becomes of a run that was prepared and not sent. */
export function Leaving({ run, name, onBack, onClose }: LeavingProps) {
  const { t } = useTranslation()
  const cancel = useRunAction({ run, act: cancelRun, done: t('launch.leave.cancelled'), after: onClose })
  const keep = () => {
    toastDone(t('launch.leave.kept', { number: run.number }))
    onClose()
  }
  return (
    <LaunchFrame title={t('launch.leave.title')} name={name} onClose={onBack}>
      <p>{t('launch.leave.text')}</p>
      <footer>
        <Button variant="subtle" color="gray" onClick={onBack}>
          {t('launch.leave.back')}
        </Button>
        <Group gap={8}>
          <Button variant="default" onClick={keep}>
            {t('launch.leave.keep')}
          </Button>
          <Button autoFocus loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('launch.leave.cancel')}
          </Button>
        </Group>
      </footer>
    </LaunchFrame>
  )
}
