import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Confirm } from '#editor/parts/confirm.tsx'

interface EraseQuestionProps {
  readonly opened: boolean
  /** As it was typed: whoever typed it sees a wrong digit sooner in her own way of writing. */
  readonly address: string
  readonly busy: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** It is cleared before the question has faded away: the line stays, so that nothing jumps. */
const NO_ADDRESS = '\u00a0'

/** Asks before a person is erased: what goes, what follows later, what stays, and where else to look. */
export function EraseQuestion({ opened, address, busy, onConfirm, onCancel }: EraseQuestionProps) {
  const { t } = useTranslation()
  return (
    <Confirm
      opened={opened}
      title={t('privacy.erase.title')}
      text={
        <Stack gap={10}>
          <span style={{ color: 'var(--ink)', fontSize: 18, overflowWrap: 'anywhere' }}>{address || NO_ADDRESS}</span>
          <b style={{ color: 'var(--ink)' }}>{t('privacy.erase.gone')}</b>
          <span>{t('privacy.erase.follows')}</span>
          <span>{t('privacy.erase.stays')}</span>
          <span>{t('privacy.erase.backups')}</span>
        </Stack>
      }
      action={t('privacy.erase.go')}
      danger
      busy={busy}
      onConfirm={onConfirm}
      onCancel={onCancel}
    />
  )
}
