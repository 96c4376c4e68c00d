import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ConnectionQuery } from '#schemas/api/connection-queries.ts'
import { formatNumber } from '#editor/parts/numbers.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './query-log.module.css'

/** One line of the query log; the whole statement is folded behind its first line. */
export function QueryLine({ asked }: { asked: ConnectionQuery }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const number = (value: number) => formatNumber(value, language)
  const rows = t('data.queries.rows', { number: number(asked.rows) })
  const facts = [
    duration(asked.longestMs, (key, value) => t(`data.queries.${key}`, { value })),
    rows,
    asked.times > 1 ? t('data.queries.times', { number: number(asked.times) }) : null,
  ].filter((fact) => fact !== null)
  return (
    <li className={styles.line}>
      <div className={styles.top}>
        <RelativeTime at={asked.at} />
        <Who asked={asked} />
        {asked.slow && <Pill tone="warn">{t('data.queries.slow')}</Pill>}
        {asked.state === 'failed' && <Pill tone="bad">{t(failure(asked.code))}</Pill>}
        <span className={styles.facts}>{facts.join(' · ')}</span>
      </div>
      <details className={styles.statement}>
        <summary>
          <code>{asked.statement.replaceAll(/\s+/g, ' ')}</code>
        </summary>
        <pre>{asked.statement}</pre>
      </details>
    </li>
  )
}

/** Which workflow and step; or what somebody did. */
function Who({ asked: { workflow, runId, step, purpose } }: { asked: ConnectionQuery }) {
  const { t } = useTranslation()
  return (
    <span className={styles.who}>
      {runId === null ? (
        t(`data.queries.purpose.${purpose}`)
      ) : (
        <Link to="/runs/$id" params={{ id: runId }}>
          {t(`data.queries.purpose.${purpose}`)}
        </Link>
      )}
      {workflow !== null && (
        <>
          {' · '}
          <Link to="/workflows/$id" params={{ id: workflow.id }}>
            {workflow.name}
          </Link>
        </>
      )}
      {step !== null && ` · ${step}`}
    </span>
  )
}

const duration = (ms: number, say: (key: 'ms' | 'seconds', value: string) => string): string =>
  ms < 1_000 ? say('ms', String(Math.max(1, Math.round(ms)))) : say('seconds', (ms / 1_000).toFixed(1))

/** What went wrong in two words; the log keeps no more. */
function failure(code: string | null) {
  if (code === 'sql-timeout') return 'data.queries.failed.time'
  if (code === 'connection-failed' || code === 'source-broken' || code === 'source-silent') return 'data.queries.failed.lost'
  if (code === 'sql-forbidden' || code === 'sql-not-a-query') return 'data.queries.failed.refused'
  if (code === 'result-too-long' || code === 'result-too-large') return 'data.queries.failed.much'
  if (code === 'cancelled') return 'data.queries.failed.cancelled'
  return 'data.queries.failed.statement'
}
