import { Button, Skeleton } from '@mantine/core'
import { IconMessageCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from '#schemas/run.ts'
import { useLaunchRun } from '#editor/launch/use-launch.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { formatNumber } from '#editor/parts/numbers.ts'
import { type BarPart, StackedBar } from '#editor/parts/stacked-bar.tsx'
import { RunStatePill } from '#editor/parts/state-pill.tsx'
import { messageColors } from '#editor/parts/state-tones.ts'
import { countsOf, isEnded, progressOf } from '#editor/screens/run/run-facts.ts'
import { useAnnouncement } from '#editor/screens/run/use-announcement.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './run-strip.module.css'

/** The run that was started here, as it goes on: its figures, and the ways to its page and to what people got. */
export function PracticeRun({ runId }: { runId: string }) {
  const { run, error } = useLaunchRun(runId)
  if (error !== null) return <ErrorNote error={error} />
  return run === undefined ? <Skeleton height={86} radius={12} /> : <Going run={run} />
}

function Going({ run }: { run: Run }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { done, toSend } = progressOf(run)
  const counts = countsOf(run).filter(({ count }) => count > 0)
  // Who is still to come stands at the end, where the bar grows to.
  const parts = counts
    .toSorted((a, b) => Number(a.state === 'pending') - Number(b.state === 'pending'))
    .map(({ state, count }): BarPart => ({
      key: state,
      label: t(`states.message.${state}`),
      count,
      color: messageColors[state],
    }))
  const spoken = useAnnouncement(run)
  const strip = useRef<HTMLElement>(null)
  // The button that started it is gone: who works by keyboard stands at what came of it, not at the top of the page.
  useEffect(() => {
    if (document.activeElement === document.body) strip.current?.focus({ preventScroll: true })
  }, [])
  return (
    <section ref={strip} tabIndex={-1} className={styles.live} aria-label={t('fold.run.live')}>
      <div className={styles.liveHead}>
        <RunStatePill state={run.state} kind={run.kind} />
        <b>{toSend === null ? t('fold.run.reading') : t('fold.run.done', { done, toSend })}</b>
        <span className={styles.liveLinks}>
          <Link to="/runs/$id" params={{ id: run.id }}>
            {t('fold.run.open', { number: run.number })}
          </Link>
          <Button
            size="compact-md"
            variant={isEnded(run.state) ? 'filled' : 'default'}
            leftSection={<IconMessageCircle size={16} aria-hidden />}
            renderRoot={(props) => <Link to="/outbox" search={{ runId: run.id }} {...props} />}
          >
            {t('fold.run.outbox')}
          </Button>
        </span>
      </div>
      {parts.length > 0 && <StackedBar parts={parts} height={12} />}
      <ul className={styles.legend}>
        {parts.map(({ key, label, count, color }) => (
          <li key={key}>
            <i style={{ background: color }} aria-hidden />
            {label} <b>{formatNumber(count, language)}</b>
          </li>
        ))}
      </ul>
      {run.reason !== null && <p className={styles.reason}>{run.reason.message}</p>}
      <p className={styles.spoken} aria-live="polite">
        {spoken}
      </p>
    </section>
  )
}
