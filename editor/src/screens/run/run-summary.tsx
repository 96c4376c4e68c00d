import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { Pill } from '#editor/parts/pill.tsx'
import { formatDuration, formatMoney, formatNumber, formatShare } from '#editor/parts/numbers.ts'
import { BarLegend, type BarPart, StackedBar } from '#editor/parts/stacked-bar.tsx'
import { isMessageState, messageColors } from '#editor/parts/state-tones.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { countsOf, isEnded, isSent, progressOf } from './run-facts.ts'
import { RunPhases } from './run-phases.tsx'
import type { RunPlace } from './run-search.ts'
import { useAnnouncement } from './use-announcement.ts'
import { useTimeLeft } from './use-time-left.ts'
import styles from './run-summary.module.css'

/** Where the run is, the figures that matter, and all its people as one bar whose legend is the filter. */
export function RunSummary({ run, place }: { run: Run; place: RunPlace }) {
  const { t } = useTranslation()
  // Who is still to come stands at the end, where the bar grows to.
  const counts = countsOf(run).toSorted((a, b) => Number(a.state === 'pending') - Number(b.state === 'pending'))
  const parts = counts.map(({ state, count }): BarPart => ({
    key: state,
    label: t(`states.message.${state}`),
    count,
    color: messageColors[state],
  }))
  const total = run.recipients ?? parts.reduce((sum, { count }) => sum + count, 0)
  const spoken = useAnnouncement(run)
  return (
    <section className={styles.summary} aria-label={t('run.summary')}>
      <div className={styles.top}>
        <Head run={run} />
        <Figures run={run} />
      </div>
      {total > 0 && (
        <>
          <StackedBar parts={parts} height={14} />
          <BarLegend
            parts={parts}
            total={total}
            chosen={place.state}
            onChoose={(key) =>
              place.go({ view: 'people', state: key !== null && isMessageState(key) ? key : null, message: null })
            }
          />
        </>
      )}
      {total === 0 && run.kind !== 'open' && !isEnded(run.state) && (
        <div className={styles.reading} role="status">
          <span aria-hidden />
          {t('run.numbers.reading')}
        </div>
      )}
      <p className={styles.spoken} aria-live="polite">
        {spoken}
      </p>
    </section>
  )
}

function Head({ run }: { run: Run }) {
  if (isEnded(run.state)) return <EndedHead run={run} />
  return run.kind === 'open' && run.state === 'sending' ? <OpenHead run={run} /> : <RunPhases state={run.state} />
}

/** It has no end in sight: it takes what comes until a new version is published or the month is over. */
function OpenHead({ run }: { run: Run }) {
  const { t } = useTranslation()
  return (
    <div className={styles.ended}>
      <h2>{t('run.open.title', { count: run.recipients ?? 0 })}</h2>
      <span className={styles.reached}>{t('run.open.text')}</span>
    </div>
  )
}

function EndedHead({ run }: { run: Run }) {
  const { t } = useTranslation()
  const count = run.recipients ?? 0
  return (
    <div className={styles.ended}>
      <h2>
        {count === 0 ? t(run.state === 'completed' ? 'run.ended.none' : 'run.ended.before') : t('run.ended.all', { count })}
      </h2>
      {run.lawHolds === true && (
        <Pill tone="ok" icon={<IconShieldCheck size={14} aria-hidden />} title={t('run.ended.lawHelp')}>
          {t('run.ended.law')}
        </Pill>
      )}
      {run.lawHolds === false && (
        <Pill tone="bad" icon={<IconAlertTriangle size={14} aria-hidden />} title={t('run.ended.lawBrokenHelp')}>
          {t('run.ended.lawBroken')}
        </Pill>
      )}
    </div>
  )
}

function Figures({ run }: { run: Run }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { done, toSend, left, reached } = progressOf(run)
  const msLeft = useTimeLeft(isSent(run.state) || run.kind === 'open' ? null : run.eta)
  // What costs nothing whatever happens (the sandbox) is not worth a figure.
  const cost = run.cost !== null && Number(run.cost.maximum.amount) > 0 ? run.cost : null
  if (isEnded(run.state)) {
    const took =
      run.sendingEndedAt === null ? null : Date.parse(run.sendingEndedAt) - Date.parse(run.startedAt) - (run.restedMs ?? 0)
    return (
      <p className={styles.reached}>
        {toSend !== null &&
          toSend > 0 &&
          t('run.ended.reached', { reached, toSend, share: formatShare(reached, toSend, language) })}
        {took !== null && ` · ${t('run.took', { time: formatDuration(Math.max(0, took), language) })}`}
        {cost !== null && ` · ${formatMoney(cost.actual, language)}`}
      </p>
    )
  }
  return (
    <dl className={styles.figures}>
      {toSend !== null && (
        <div>
          <dt>{t('run.numbers.done')}</dt>
          <dd>
            <b>{formatNumber(done, language)}</b> {t('run.numbers.of', { count: toSend })}
          </dd>
        </div>
      )}
      {msLeft !== null && left > 0 && (
        <div>
          <dt>{t('run.numbers.left')}</dt>
          <dd>
            {/* Whole seconds: a guess to the tenth would be a false promise. */}
            <b>
              {t('run.numbers.about', { time: formatDuration(Math.max(1_000, Math.ceil(msLeft / 1_000) * 1_000), language) })}
            </b>
          </dd>
        </div>
      )}
      {cost !== null && (
        <div>
          <dt>{t('run.numbers.spent')}</dt>
          <dd>
            <b>{formatMoney(cost.actual, language)}</b> {t('run.numbers.most', { money: formatMoney(cost.maximum, language) })}
          </dd>
        </div>
      )}
    </dl>
  )
}
