import { Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ScreenSkeleton } from '#editor/parts/screen-skeleton.tsx'
import { Rail } from './rail.tsx'
import styles from './frame.module.css'

/** What surrounds every screen: the rail at the left, the screen beside it. */
export function Frame() {
  const { t } = useTranslation()
  return (
    <div className={styles.frame}>
      <a href="#screen" className={styles.skip}>
        {t('frame.skip')}
      </a>
      <Rail />
      <main id="screen" className={styles.screen} tabIndex={-1} data-scroll-restoration-id="screen">
        <Suspense fallback={<ScreenSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  )
}
