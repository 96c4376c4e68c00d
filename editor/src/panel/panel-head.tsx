import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './panel.module.css'

interface PanelHeadProps {
  readonly tile: ReactNode
  readonly title: ReactNode
  readonly line: string
  readonly actions?: ReactNode
  readonly onClose?: () => void
}

export function PanelHead({ tile, title, line, actions, onClose }: PanelHeadProps) {
  const { t } = useTranslation()
  return (
    <header className={styles.head}>
      {tile}
      <div className={styles.headWords}>
        {title}
        <p title={line}>{line}</p>
      </div>
      {actions}
      {onClose !== undefined && (
        <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('editor.panel.close')} onClick={onClose}>
          <IconX size={17} />
        </ActionIcon>
      )}
    </header>
  )
}
