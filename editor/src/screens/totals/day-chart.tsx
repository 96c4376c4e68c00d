import { useTranslation } from 'react-i18next'
import { messageColors } from '#editor/parts/state-tones.ts'
import { TOTAL_PARTS, type TotalLine } from './sums.ts'
import styles from './totals.module.css'

const HEIGHT = 110
/** A part with anything in it is seen. */
const LEAST = 3

interface DayChartProps {
  /** Oldest first; every day of the range. */
  readonly days: readonly { readonly day: string; readonly line: TotalLine | null }[]
  readonly nameOf: (day: string) => string
}

/** One column a day, of what became of its messages. The table below says the same in figures. */
export function DayChart({ days, nameOf }: DayChartProps) {
  const { t } = useTranslation()
  const most = Math.max(1, ...days.map(({ line }) => line?.messages ?? 0))
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return null
  return (
    <figure className={styles.chart}>
      <figcaption>{t('totals.most', { count: most })}</figcaption>
      <svg viewBox={`0 0 ${days.length} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t('totals.chart')}>
        {days.map(({ day, line }, place) => line !== null && <Column key={day} line={line} most={most} place={place} />)}
      </svg>
      <div className={styles.ends} aria-hidden>
        <span>{nameOf(first.day)}</span>
        {last !== first && <span>{nameOf(last.day)}</span>}
      </div>
    </figure>
  )
}

function Column({ line, most, place }: { line: TotalLine; most: number; place: number }) {
  let top = HEIGHT
  return TOTAL_PARTS.map((part) => {
    const count = line.counts[part]
    if (count === 0) return null
    const height = Math.max(LEAST, (count / most) * (HEIGHT - LEAST * TOTAL_PARTS.length))
    top -= height
    return <rect key={part} x={place + 0.12} width={0.76} y={top} height={height} style={{ fill: messageColors[part] }} />
  })
}
