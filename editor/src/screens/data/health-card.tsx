import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Connection } from '#schemas/connection.ts'
import { connectionQuery } from '#editor/api/connections.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { HealthPill } from './health-pill.tsx'
import { HealthSince } from './health-since.tsx'
import styles from './connection-form.module.css'

/** The server looks every half minute; what it found should not stay behind long. */
const REFRESH_MS = 5_000

/** How the database fares now, since when, and when that was last looked at. */
export function HealthCard({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const { data } = useQuery({ ...connectionQuery(connection.id), refetchInterval: REFRESH_MS })
  const { health } = data ?? connection
  return (
    <section className={styles.card} aria-labelledby="health">
      <header className={styles.head}>
        <h2 id="health">{t('data.live.title')}</h2>
        <HealthPill health={health} />
      </header>
      <div aria-live="polite">
        {health.error !== null && <p className={styles.failure}>{health.error.message}</p>}
        {health.checkedAt === null ? (
          <p className={styles.quiet}>{t('data.live.unknown')}</p>
        ) : (
          <p className={styles.quiet}>
            <HealthSince health={health} /> · {t('data.live.checked')} <RelativeTime at={health.checkedAt} />
          </p>
        )}
      </div>
    </section>
  )
}
