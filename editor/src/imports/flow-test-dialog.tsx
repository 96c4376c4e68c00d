import { Modal } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FlowTestResult } from '#schemas/api/flow-tests.ts'
import styles from './faults-dialog.module.css'

interface FlowTestDialogProps {
  readonly file: string
  readonly result: FlowTestResult
  readonly onClose: () => void
}

/** What came of a file of flow tests, case by case. */
export function FlowTestDialog({ file, result, onClose }: FlowTestDialogProps) {
  const { t } = useTranslation()
  const passed = result.cases.filter(({ ok }) => ok).length
  return (
    <Modal opened onClose={onClose} title={<b>{t('imports.tests.title')}</b>} size="lg">
      <p className={styles.text}>{t('imports.tests.text', { file, passed, count: result.cases.length })}</p>
      <ul className={styles.faults}>
        {result.cases.map(({ name, ok, lines }, place) => (
          // Two cases may have one name.
          <li key={place} className={styles.case} data-ok={ok}>
            <p>
              {ok ? <IconCircleCheck size={16} aria-hidden /> : <IconCircleX size={16} aria-hidden />}
              <b>{name}</b> <span>{ok ? t('imports.tests.passed') : t('imports.tests.failed')}</span>
            </p>
            {lines.map((line) => (
              <code key={line}>{line}</code>
            ))}
          </li>
        ))}
      </ul>
    </Modal>
  )
}
