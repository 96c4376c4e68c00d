import type { Language } from '#schemas/localized.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RunItem } from '#schemas/run.ts'
import { formatDuration, formatNumber } from '#editor/parts/numbers.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { StackedBar } from '#editor/parts/stacked-bar.tsx'
import { MESSAGE_STATE_ORDER, messageColors } from '#editor/parts/state-tones.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { isSingleSends } from '../run/run-facts.ts'
import { useSecond } from './use-second.ts'
import styles from './runs-list.module.css'

/** "주간 리뷰 리포트 #128", a link over the whole row; which version ran under it. */
export function RunName({ run, withWorkflow }: { run: RunItem; withWorkflow: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const number = `#${formatNumber(run.number, language)}`
  return (
    <>
      <Link to="/runs/$id" params={{ id: run.id }} className={styles.link}>
        {withWorkflow ? `${run.workflowName} ${number}` : number}
      </Link>
      <div className={styles.second}>
        {!isSingleSends(run) && (run.version === 'draft' ? t('runs.draft') : t('runs.version', { version: run.version }))}
        {run.kind === 'test' && <Pill tone="accent">{t('runs.test')}</Pill>}
      </div>
    </>
  )
}

export const isTrigger = (trigger: string): trigger is 'manual' | 'schedule' | 'api' | 'webhook' | 'event' =>
  ['manual', 'schedule', 'api', 'webhook', 'event'].includes(trigger)

/** Has the run come to its end? */
export function isOver({ state }: Pick<RunItem, 'state'>): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled'
}

/** How long it took, or has been going on; null where it ended without saying when. */
export function tookMs(
  run: Pick<RunItem, 'state' | 'startedAt' | 'sendingEndedAt' | 'closedAt' | 'restedMs'>,
  now: Date,
): number | null {
  const end = run.sendingEndedAt ?? run.closedAt ?? (isOver(run) ? null : now.toISOString())
  return end === null ? null : Math.max(0, Date.parse(end) - Date.parse(run.startedAt) - (run.restedMs ?? 0))
}

export function Took({ run }: { run: RunItem }) {
  const language = useLanguage()
  return isOver(run) || run.sendingEndedAt !== null ? (
    <Fixed run={run} language={language} />
  ) : (
    <Going run={run} language={language} />
  )
}

function Fixed({ run, language }: { run: RunItem; language: Language }) {
  const ms = tookMs(run, new Date(run.startedAt))
  return <>{ms === null ? '–' : formatDuration(ms, language)}</>
}

/** Counts in whole seconds while it is looked at. */
function Going({ run, language }: { run: RunItem; language: Language }) {
  const { t } = useTranslation()
  const now = useSecond()
  const ms = Math.max(1_000, Math.floor((tookMs(run, now) ?? 0) / 1_000) * 1_000)
  return <>{t('runs.going', { time: formatDuration(ms, language) })}</>
}

/** Something has to be mended; a pause by hand, a question or an empty audience is no trouble. */
const isBad = ({ state, reason }: Pick<RunItem, 'state' | 'reason'>): boolean =>
  state === 'failed' || (state === 'paused' && reason?.code !== 'paused-by-person')

/** What became of its people: how many, the bar, the states in words. Why it stands still, where it does. */
export function Outcome({ run }: { run: RunItem }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (run.recipients === null) {
    if (isOver(run) || run.state === 'paused')
      return <span className={isBad(run) ? styles.bad : styles.second}>{run.reason?.message ?? '–'}</span>
    return <span className={styles.second}>{t('runs.counting')}</span>
  }
  const parts = MESSAGE_STATE_ORDER.map((state) => ({
    key: state,
    label: t(`states.message.${state}`),
    count: run.outcomes[state] ?? 0,
    color: messageColors[state],
  })).filter(({ count }) => count > 0)
  return (
    <div className={styles.outcome}>
      <div className={styles.bar}>
        <b>{t('runs.people', { count: run.recipients })}</b>
        <StackedBar parts={parts} height={8} />
      </div>
      <div className={styles.legend}>
        {parts.map(({ key, label, count, color }) => (
          <span key={key}>
            <i style={{ background: color }} aria-hidden />
            {label} {formatNumber(count, language)}
          </span>
        ))}
      </div>
      {run.reason !== null && <div className={isBad(run) ? styles.bad : styles.second}>{run.reason.message}</div>}
    </div>
  )
}
