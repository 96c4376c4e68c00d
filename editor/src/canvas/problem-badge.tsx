import { IconAlertCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './step-card.module.css'

/** How much is wrong, at the corner of a card. */
export function ProblemBadge({ count, worst }: { count: number; worst: 'error' | 'warning' }) {
  const { t } = useTranslation()
  return (
    <span className={styles.badge} data-worst={worst} role="img" aria-label={t('editor.problems.count', { count })}>
      <IconAlertCircle size={13} stroke={1.8} aria-hidden />
      {count}
    </span>
  )
}
