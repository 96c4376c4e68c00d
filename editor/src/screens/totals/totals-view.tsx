import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Totals } from '#schemas/api/totals.ts'
import { formatDay } from '#editor/parts/times.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { useMinute } from '#editor/parts/use-minute.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useChannelName } from '../run/use-channel-name.ts'
import { DayChart } from './day-chart.tsx'
import { RangeSums } from './range-sums.tsx'
import { daysOf, lineOf, linesBy } from './sums.ts'
import { TotalsTable } from './totals-table.tsx'
import styles from './totals.module.css'

/** The totals of a range in which something went out. */
export function TotalsView({ totals }: { totals: Totals }) {
  const { t } = useTranslation()
  const { items } = totals
  const dayName = useDayName()
  const channelName = useChannelName()
  const { from, to } = totals
  const byDay = useMemo(() => linesBy(items, ({ day }) => day).toReversed(), [items])
  const days = useMemo(() => {
    const lines = new Map(byDay.map((line) => [line.key, line]))
    return daysOf({ from, to })
      .toReversed()
      .map((day) => ({ day, line: lines.get(day) ?? null }))
  }, [byDay, from, to])
  const byMessages = (by: 'workflowId' | 'channel') =>
    linesBy(items, (item) => item[by] ?? '')
      // Who was left out by a step has no channel, and is in the sums above.
      .filter(({ messages }) => messages > 0)
      .toSorted((a, b) => b.messages - a.messages)
  const names = new Map(items.map(({ workflowId, workflowName }) => [workflowId ?? '', workflowName]))
  return (
    <>
      <RangeSums line={lineOf('all', items)} />
      <section className={styles.card} aria-label={t('totals.chart')}>
        <DayChart days={days} nameOf={dayName} />
      </section>
      <div className={styles.pair}>
        <TotalsTable
          title={t('totals.byWorkflow')}
          head={t('totals.workflow')}
          lines={byMessages('workflowId')}
          nameOf={(id) => <WorkflowName id={id} name={names.get(id) ?? null} />}
        />
        <TotalsTable
          title={t('totals.byChannel')}
          head={t('totals.channel')}
          lines={byMessages('channel')}
          nameOf={(channel) => (channel === '' ? t('totals.unknownChannel') : channelName(channel))}
        />
      </div>
      <TotalsTable title={t('totals.byDay')} head={t('totals.day')} lines={byDay} nameOf={dayName} />
      <p className={styles.note}>
        {t('totals.note', { zone: totals.timezone })} <Counted at={totals.countedAt} />
      </p>
    </>
  )
}

function WorkflowName({ id, name }: { id: string; name: string | null }) {
  const { t } = useTranslation()
  if (id === '' || name === null) return t('totals.gone')
  return (
    <Link to="/workflows/$id/runs" params={{ id }} className={styles.link}>
      {name}
    </Link>
  )
}

function Counted({ at }: { at: string | null }) {
  const { t } = useTranslation()
  if (at === null) return t('totals.counting')
  return (
    <>
      {t('totals.counted')} <RelativeTime at={at} />
    </>
  )
}

/** A day of the totals is a day already: no zone moves it. */
function useDayName(): (day: string) => string {
  const language = useLanguage()
  const now = useMinute()
  return (day) => formatDay(new Date(`${day}T00:00:00Z`), { language, zone: 'UTC', now })
}
