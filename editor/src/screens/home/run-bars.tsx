import { IconPlayerPause, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { WorkflowItem } from '#schemas/api/workflows.ts'
import { isRunState } from '#editor/parts/state-tones.ts'
import styles from './run-bars.module.css'

type Recent = WorkflowItem['recent'][number]

/** Heights in px of the whole bar and of the least that can be seen. */
const FULL = 30
const LEAST = 5

/**
 * The last runs, oldest first. The height is how many were sent, against the biggest of them; people that failed are the red foot of a bar,
 * which never gets too thin to see. A run that failed or stands still is an outlined bar with a sign.
 */
export function RunBars({ recent }: { recent: WorkflowItem['recent'] }) {
  const { t } = useTranslation()
  if (recent.length === 0) return <span className={styles.none}>{t('home.bars.none')}</span>
  const most = Math.max(1, ...recent.map(({ sent, failed }) => sent + failed))
  const failed = recent.filter((run) => run.failed > 0 || run.state === 'failed').length
  const label =
    failed > 0 ? t('home.bars.label', { total: recent.length, failed }) : t('home.bars.fine', { total: recent.length })
  return (
    <span className={styles.bars} role="img" aria-label={label} style={{ height: FULL }}>
      {recent.map((run) => (
        <Bar key={run.id} run={run} most={most} />
      ))}
    </span>
  )
}

function Bar({ run, most }: { run: Recent; most: number }) {
  const { t } = useTranslation()
  const { state, sent, failed } = run
  const title = t('home.bars.one', { state: isRunState(state) ? t(`states.run.${state}`) : state, sent, failed })
  if (state === 'failed' || state === 'paused') {
    const Sign = state === 'failed' ? IconX : IconPlayerPause
    return (
      <span className={styles.sign} data-state={state} title={title}>
        <Sign size={9} stroke={3} />
      </span>
    )
  }
  const { height, bad } = barHeights(sent, failed, most)
  return (
    <span className={styles.bar} data-state={state} title={title} style={{ height }}>
      {bad > 0 && <i style={{ height: bad }} />}
    </span>
  )
}

/** Heights in px of a bar and of its red foot. */
export function barHeights(sent: number, failed: number, most: number): { height: number; bad: number } {
  const height = Math.max(LEAST, Math.round(((sent + failed) / most) * FULL))
  if (failed === 0) return { height, bad: 0 }
  const tall = Math.max(height, sent > 0 ? LEAST * 2 : LEAST)
  const bad = Math.max(LEAST, Math.round((failed / (sent + failed)) * tall))
  // What was sent stays visible too.
  return { height: tall, bad: sent > 0 ? Math.min(bad, tall - LEAST) : tall }
}
