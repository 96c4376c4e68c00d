import { useTranslation } from 'react-i18next'
import type { RunFrame } from '#schemas/frames.ts'
import { formatClock } from '#editor/parts/times.ts'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import styles from './speed-chart.module.css'

const HEIGHT = 64

/** How many messages left in each interval of the run, as bars; the highest is marked by a line. */
export function SpeedChart({ series }: { series: RunFrame['series'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const first = series[0]
  const last = series.at(-1)
  if (first === undefined || last === undefined) return null
  const clock = (iso: string) => formatClock(new Date(iso), { language, zone, seconds: true })
  const most = Math.max(...series.map(({ sent }) => sent))
  const count = series.reduce((sum, { sent }) => sum + sent, 0)
  const step = secondsBetween(series)
  const range = t('run.chart.range', { from: clock(first.t), to: clock(last.t), count })
  const middle = series[Math.floor(series.length / 2)]
  return (
    <figure className={styles.chart}>
      <figcaption>
        <b>{step === 1 ? t('run.chart.one') : t('run.chart.seconds', { count: step })}</b>
        <span>
          {range} · {t('run.chart.most', { count: most })}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${series.length} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={range}>
        {series.map(({ t: at, sent }, place) => {
          // A bar with anything in it is seen.
          const height = most === 0 || sent === 0 ? 0 : Math.max(2, (sent / most) * (HEIGHT - 4))
          return (
            <rect key={at} x={place + 0.1} width={0.8} y={HEIGHT - height} height={height}>
              <title>{t('run.chart.bar', { time: clock(at), count: sent })}</title>
            </rect>
          )
        })}
      </svg>
      <div className={styles.times} aria-hidden>
        <span>{clock(first.t)}</span>
        {series.length > 8 && middle !== undefined && <span>{clock(middle.t)}</span>}
        <span>{clock(last.t)}</span>
      </div>
    </figure>
  )
}

/** Length of one interval in whole seconds. */
function secondsBetween(series: RunFrame['series']): number {
  const [first, second] = series
  if (first === undefined || second === undefined) return 1
  return Math.max(1, Math.round((Date.parse(second.t) - Date.parse(first.t)) / 1_000))
}
