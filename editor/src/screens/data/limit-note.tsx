import { IconClockPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConnectionLimit } from '#schemas/connection.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import styles from './connection-form.module.css'

/** What holds a connection back now, in a word. */
export function LimitPill({ limit }: { limit: ConnectionLimit }) {
  const { t } = useTranslation()
  return (
    <Pill
      tone={limit.code === 'breaker-open' ? 'bad' : 'warn'}
      icon={<IconClockPause size={13} aria-hidden />}
      title={limit.message}
    >
      {t(`data.limit.${limit.code}`)}
    </Pill>
  )
}

/** The same in a sentence, with the time at which it goes on. */
export function LimitCard({ limit }: { limit: ConnectionLimit }) {
  const { t } = useTranslation()
  return (
    <section className={styles.card} aria-labelledby="limit">
      <header className={styles.head}>
        <h2 id="limit">{t('data.limit.title')}</h2>
        <LimitPill limit={limit} />
      </header>
      <p className={styles.quiet} role="status">
        {limit.message}
      </p>
      {limit.until !== null && (
        <p className={styles.quiet}>
          {t('control.waiting.until')} <RelativeTime at={limit.until} />
        </p>
      )}
      {limit.code === 'breaker-open' && <p className={styles.quiet}>{t('data.limit.breakerText')}</p>}
    </section>
  )
}
