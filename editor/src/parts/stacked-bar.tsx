import { useTranslation } from 'react-i18next'
import { useLanguage } from '#editor/words/use-language.ts'
import { formatNumber } from './numbers.ts'
import styles from './stacked-bar.module.css'

export interface BarPart {
  readonly key: string
  readonly label: string
  readonly count: number
  /** A CSS colour; `messageColors[state]` for states. */
  readonly color: string
}

/** Counts as one bar. A part with anything in it is never thinner than it takes to see it: failures must not vanish among thousands. */
export function StackedBar({ parts, height = 12 }: { parts: readonly BarPart[]; height?: number }) {
  const { t } = useTranslation()
  const shown = parts.filter(({ count }) => count > 0)
  const label = shown.map(({ label: name, count }) => t('parts.bar.share', { label: name, count })).join(', ')
  return (
    <div className={styles.bar} style={{ height }} role="img" aria-label={label === '' ? t('parts.bar.label') : label}>
      {shown.map(({ key, label: name, count, color }) => (
        <span key={key} style={{ flexGrow: count, background: color }} title={t('parts.bar.share', { label: name, count })} />
      ))}
    </div>
  )
}

interface BarLegendProps {
  readonly parts: readonly BarPart[]
  /** Count of the chip "all", before the others. */
  readonly total: number
  /** Key of the chosen part; null is all. */
  readonly chosen: string | null
  readonly onChoose: (key: string | null) => void
}

/** The legend of the bar, which is the filter as well: one chip for all, one for each part with anything in it. */
export function BarLegend({ parts, total, chosen, onChoose }: BarLegendProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  // The chosen one stays, even when the last person has left it: else the filter could not be taken away.
  const chips = parts.filter(({ key, count }) => count > 0 || key === chosen)
  return (
    <div className={styles.legend} role="group" aria-label={t('parts.bar.label')}>
      <button type="button" className={styles.chip} aria-pressed={chosen === null} onClick={() => onChoose(null)}>
        {t('parts.bar.all')} <b>{formatNumber(total, language)}</b>
      </button>
      {chips.map(({ key, label, count, color }) => (
        <button
          key={key}
          type="button"
          className={styles.chip}
          aria-pressed={chosen === key}
          onClick={() => onChoose(chosen === key ? null : key)}
        >
          <i style={{ background: color }} aria-hidden />
          {label} <b>{formatNumber(count, language)}</b>
        </button>
      ))}
    </div>
  )
}
