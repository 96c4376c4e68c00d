import { Button, Group, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { progressOf } from './run-facts.ts'

interface LateDialogProps {
  readonly opened: boolean
  readonly run: Run
  readonly busy: boolean
  readonly onChoice: (late: 'send' | 'expire') => void
  readonly onCancel: () => void
}

/** The time in which the messages of a paused run were to be sent is over: old news, or still wanted? */
export function LateDialog({ opened, run, busy, onChoice, onCancel }: LateDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onCancel} title={<b>{t('control.resume.late.title')}</b>}>
      <div style={{ color: 'var(--ink-2)' }}>
        <p>
          {t('control.resume.late.until')} <RelativeTime at={run.expiresAt} />
        </p>
        <p>{t('control.resume.late.text', { count: progressOf(run).left })}</p>
      </div>
      <Group justify="flex-end" mt={20}>
        <Button variant="default" data-autofocus onClick={onCancel}>
          {t('parts.confirm.cancel')}
        </Button>
        <Button variant="default" disabled={busy} onClick={() => onChoice('expire')}>
          {t('control.resume.late.expire')}
        </Button>
        <Button disabled={busy} onClick={() => onChoice('send')}>
          {t('control.resume.late.send')}
        </Button>
      </Group>
    </Modal>
  )
}
