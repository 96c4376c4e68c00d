import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './screen.module.css'

/** What stands there while a screen's code or first data is on its way. */
export function ScreenSkeleton() {
  const { t } = useTranslation()
  return (
    <div className={styles.screen} aria-busy="true" aria-label={t('frame.loading')} role="status">
      <Skeleton height={30} width={180} mb={24} />
      <Skeleton height={110} radius={14} mb={18} />
      <Skeleton height={320} radius={14} />
    </div>
  )
}
