import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { WorkflowItem } from '#schemas/api/workflows.ts'
import type { RunItem } from '#schemas/run.ts'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { RunStatePill } from '#editor/parts/state-pill.tsx'
import { MESSAGE_STATE_ORDER } from '#editor/parts/state-tones.ts'
import { useMinute } from '#editor/parts/use-minute.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { untilText } from './until.ts'
import styles from './workflow-table.module.css'

/** When it starts by itself the next time, or why it does not. */
export function NextRun({ item }: { item: WorkflowItem }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const now = useMinute()
  const summary = item.trigger?.summary?.[language]
  if (item.nextRunAt !== null) {
    const until = untilText(new Date(item.nextRunAt), { now, language, zone })
    return <Lines first={<RelativeTime at={item.nextRunAt} />} second={summary ?? until} />
  }
  if (item.lastRun?.state === 'paused') return <Lines first={t('home.next.resume')} second={summary} />
  if (item.published === null) return <Lines first={t('home.next.none')} second={t('home.next.publish')} />
  if (item.trigger?.type === 'manual-trigger') return <Lines first={t('home.next.byHand')} />
  if (item.trigger === null) return <Lines first={t('home.next.none')} second={t('home.next.noTrigger')} />
  if (!item.enabled) return <Lines first={t('home.next.off')} second={summary} />
  return <Lines first={t('home.next.waiting')} second={summary} />
}

function Lines({ first, second }: { first: React.ReactNode; second?: string | undefined }) {
  return (
    <>
      <div>{first}</div>
      {second !== undefined && <div className={styles.second}>{second}</div>}
    </>
  )
}

/** What became of the last run: when, how many, in which states. */
export function LastRun({ run }: { run: RunItem | null }) {
  const { t } = useTranslation()
  if (run === null) return <span className={styles.second}>{t('home.last.none')}</span>
  return (
    <>
      <Link to="/runs/$id" params={{ id: run.id }} className={styles.run}>
        <RelativeTime at={run.startedAt} />
        {run.recipients !== null && ` · ${t('home.last.people', { count: run.recipients })}`}
      </Link>
      <Result run={run} />
    </>
  )
}

function Result({ run }: { run: RunItem }) {
  const { t } = useTranslation()
  const { state, reason, recipients, outcomes } = run
  if (state === 'failed' || state === 'paused') {
    const text = reason?.message ?? t(`states.run.${state}`)
    return (
      <div className={styles.bad} title={text}>
        {text}
      </div>
    )
  }
  const parts = MESSAGE_STATE_ORDER.flatMap((name) => {
    const count = outcomes[name] ?? 0
    return count === 0 ? [] : [t('home.last.part', { label: t(`states.message.${name}`), count })]
  })
  if (state !== 'completed') {
    return (
      <div className={styles.second}>
        <RunStatePill state={state} kind={run.kind} />{' '}
        {recipients === null ? t('home.last.counting') : parts.slice(0, 2).join(' · ')}
      </div>
    )
  }
  if (recipients === 0) return <div className={styles.second}>{t('home.last.nobody')}</div>
  const all = recipients !== null && outcomes['delivered'] === recipients
  return <div className={styles.second}>{all ? t('home.last.allDelivered') : parts.join(' · ')}</div>
}
