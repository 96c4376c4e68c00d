import { Button, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useOneStepBehind } from './use-one-step-behind.ts'

export interface ConfirmProps {
  readonly opened: boolean
  /** Names the thing, and the count where there are several. */
  readonly title: string
  /** What is lost, and whether it can come back. */
  readonly text: ReactNode
  /** What the button does, as a verb. */
  readonly action: string
  /** What the harmless button says, where a plain "cancel" could be read as the act itself. */
  readonly keep?: string
  readonly danger?: boolean
  readonly busy?: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Asks before something that cannot be undone. The harmless button has the focus. */
export function ConfirmDialog({
  opened,
  title,
  text,
  action,
  keep,
  danger = false,
  busy = false,
  onConfirm,
  onCancel,
}: ConfirmProps) {
  const { t } = useTranslation()
  const shown = useOneStepBehind(opened)
  return (
    <Modal opened={shown} onClose={onCancel} title={<b>{title}</b>} size="sm">
      <div style={{ color: 'var(--ink-2)' }}>{text}</div>
      <Group justify="flex-end" mt={20}>
        <Button variant="default" data-autofocus onClick={onCancel}>
          {keep ?? t('parts.confirm.cancel')}
        </Button>
        <Button {...(danger ? { color: 'red' } : {})} loading={busy} onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </Modal>
  )
}
