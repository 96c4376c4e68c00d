import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { workersQuery } from '#editor/api/health.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { Card } from './card.tsx'
import styles from './settings.module.css'

/** The processes that send, on whatever machine. */
export function WorkersCard() {
  const { t } = useTranslation()
  const query = useQuery(workersQuery)
  return (
    <Card title={t('settings.workers.title')} text={t('settings.workers.text')}>
      <QueryState query={query}>
        {({ workers }) => (
          <>
            <p className={styles.quiet} aria-live="polite">
              {t(workers.length === 0 ? 'settings.workers.none' : 'settings.workers.count', { count: workers.length })}
            </p>
            {workers.map(({ no, host, startedAt }) => (
              <div key={no} className={styles.row}>
                <span>
                  {t('settings.workers.name', { no, host })}{' '}
                  <small className={styles.quiet}>
                    {t('settings.workers.since')} <RelativeTime at={startedAt} />
                  </small>
                </span>
                <Pill tone="ok" icon={<IconCheck size={13} aria-hidden />}>
                  {t('settings.health.state.ok')}
                </Pill>
              </div>
            ))}
            <p className={styles.quiet}>{t('settings.workers.more')}</p>
          </>
        )}
      </QueryState>
    </Card>
  )
}
