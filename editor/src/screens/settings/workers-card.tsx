import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { WorkerItem } from '#schemas/api/workers.ts'
import { workersQuery } from '#editor/api/health.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { QueryState } from '#editor/parts/query-state.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { Card } from './card.tsx'
import styles from './settings.module.css'

/** The processes that send, on whatever machine; those that died last stay in the list for a while. */
export function WorkersCard() {
  const { t } = useTranslation()
  const query = useQuery(workersQuery)
  return (
    <Card title={t('settings.workers.title')} text={t('settings.workers.text')}>
      <QueryState query={query}>
        {({ items }) => {
          const alive = items.filter((worker) => worker.alive).length
          return (
            <>
              <p className={alive === 0 ? styles.bad : styles.quiet} aria-live="polite">
                {alive === 0 ? t('settings.workers.none') : t('settings.workers.count', { count: alive })}
              </p>
              {items.map((worker) => (
                <WorkerRow key={worker.no} worker={worker} types={typesOf(items)} />
              ))}
              <p className={styles.quiet}>{t('settings.workers.more')}</p>
            </>
          )
        }}
      </QueryState>
    </Card>
  )
}

/** Node types that any living worker knows: one that knows fewer has other plugin files. */
const typesOf = (items: readonly WorkerItem[]): ReadonlySet<string> =>
  new Set(items.filter(({ alive }) => alive).flatMap(({ nodeTypes }) => nodeTypes))

function WorkerRow({ worker, types }: { worker: WorkerItem; types: ReadonlySet<string> }) {
  const { t } = useTranslation()
  const { no, host, startedAt, seenAt, alive, lanes } = worker
  const missing = alive ? [...types].filter((type) => !worker.nodeTypes.includes(type)) : []
  return (
    <div className={styles.row}>
      <span>
        {t('settings.workers.name', { no, host })}
        <br />
        <small className={styles.quiet}>
          {t('settings.workers.lanes', { count: lanes })} · {t(alive ? 'settings.workers.since' : 'settings.workers.seen')}{' '}
          <RelativeTime at={alive ? startedAt : seenAt} />
        </small>
        {missing.length > 0 && (
          <>
            <br />
            <small className={styles.bad}>{t('settings.workers.missing', { list: missing.join(', ') })}</small>
          </>
        )}
      </span>
      <Pill
        tone={alive ? 'ok' : 'bad'}
        icon={alive ? <IconCheck size={13} aria-hidden /> : <IconAlertTriangle size={13} aria-hidden />}
      >
        {t(alive ? 'settings.workers.alive' : 'settings.workers.dead')}
      </Pill>
    </div>
  )
}
