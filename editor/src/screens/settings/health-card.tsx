import { IconAlertTriangle, IconCheck, IconLoader2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { healthQuery } from '#editor/api/health.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { Card } from './card.tsx'
import styles from './settings.module.css'

const tones = { ok: 'ok', starting: 'warn', down: 'bad' } as const
const signs = { ok: IconCheck, starting: IconLoader2, down: IconAlertTriangle } as const

/** Version, and how each part of the server fares. */
export function HealthCard() {
  const { t } = useTranslation()
  const query = useQuery(healthQuery)
  return (
    <Card title={t('settings.health.title')} text={t('settings.health.text')}>
      <QueryState query={query}>
        {({ version, startedAt, parts }) => (
          <>
            <div aria-live="polite">
              {(['database', 'worker', 'scheduler'] as const).map((part) => {
                const state = parts[part]
                const Sign = signs[state]
                return (
                  <div key={part} className={styles.row}>
                    <span>{t(`settings.health.${part}`)}</span>
                    <Pill tone={tones[state]} icon={<Sign size={13} aria-hidden />}>
                      {t(`settings.health.state.${state}`)}
                    </Pill>
                  </div>
                )
              })}
            </div>
            {parts.worker === 'down' && <p className={styles.bad}>{t('settings.health.workerDown')}</p>}
            <div className={styles.row}>
              <span>{t('settings.health.version')}</span>
              <span className={styles.value}>{version}</span>
            </div>
            <div className={styles.row}>
              <span>{t('settings.health.started')}</span>
              <span className={styles.value}>
                <RelativeTime at={startedAt} />
              </span>
            </div>
          </>
        )}
      </QueryState>
    </Card>
  )
}
