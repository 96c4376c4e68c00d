import { CloseButton, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument } from '#editor/canvas/session-context.ts'
import styles from './launch.module.css'

interface LaunchFrameProps {
  readonly title: string
  /** Which version runs. */
  readonly name: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Head of the dialog and what stands below it. The title is read out when it changes. */
export function LaunchFrame({ title, name, onClose, children }: LaunchFrameProps) {
  const { t } = useTranslation()
  const workflow = useDocument(({ document }) => document.name)
  return (
    <div className={styles.frame}>
      <header>
        <div>
          <Modal.Title className={styles.title} aria-live="polite">
            {title}
          </Modal.Title>
          <p>
            {workflow} · {name}
          </p>
        </div>
        <CloseButton size={32} aria-label={t('launch.close')} onClick={onClose} />
      </header>
      {children}
    </div>
  )
}
