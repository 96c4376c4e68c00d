import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Fault } from './check-file.ts'
import styles from './faults-dialog.module.css'

interface FaultsDialogProps {
  readonly file: string
  readonly faults: readonly Fault[]
  readonly onClose: () => void
}

/** Why a file is no workflow, line by line, and what to do. */
export function FaultsDialog({ file, faults, onClose }: FaultsDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={<b>{t('imports.title')}</b>} size="lg">
      <p className={styles.text}>{t('imports.text', { file })}</p>
      <ul className={styles.faults}>
        {faults.map((fault) => (
          <li key={`${fault.line}/${fault.path}/${fault.message}`}>
            <p>
              {fault.line !== null && <b>{t('imports.line', { line: fault.line })}</b>}{' '}
              {fault.kind === 'field' ? fault.message : t(`imports.${fault.kind}`)}
            </p>
            {(fault.excerpt !== '' || fault.path !== '') && (
              <code>
                {fault.excerpt}
                {fault.path !== '' && <small>{fault.path}</small>}
              </code>
            )}
          </li>
        ))}
      </ul>
    </Modal>
  )
}
