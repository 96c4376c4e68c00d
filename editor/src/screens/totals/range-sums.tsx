import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney, formatNumber, formatShare } from '#editor/parts/numbers.ts'
import { StackedBar } from '#editor/parts/stacked-bar.tsx'
import { useLanguage } from '#editor/words/use-language.ts'
import { usePartsOf } from './parts-bar.tsx'
import type { TotalLine } from './sums.ts'
import styles from './totals.module.css'

/** The whole range in a few figures, one bar, and what its colours mean. */
export function RangeSums({ line }: { line: TotalLine }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const parts = usePartsOf()(line)
  const { counts, messages, cost } = line
  const number = (value: number) => formatNumber(value, language)
  const reached = counts.delivered + counts.converted
  return (
    <section className={styles.card} aria-label={t('totals.sums')}>
      <dl className={styles.figures}>
        <Figure name={t('totals.messages')}>{number(messages)}</Figure>
        <Figure name={t('totals.reached')} note={formatShare(reached, messages, language)}>
          {number(reached)}
        </Figure>
        {counts.sent > 0 && <Figure name={t('totals.waiting')}>{number(counts.sent)}</Figure>}
        <Figure name={t('totals.failed')} note={t('totals.failedHelp')} tone={counts.failed > 0 ? 'bad' : undefined}>
          {number(counts.failed)}
        </Figure>
        {counts.unconfirmed > 0 && (
          <Figure name={t('totals.unconfirmed')} tone="warn">
            {number(counts.unconfirmed)}
          </Figure>
        )}
        {line.skipped > 0 && <Figure name={t('totals.skipped')}>{number(line.skipped)}</Figure>}
        {cost !== null && (
          <Figure name={t('totals.cost')} note={t('totals.costHelp')}>
            {formatMoney({ amount: String(cost), currency: 'KRW' }, language)}
          </Figure>
        )}
      </dl>
      <StackedBar parts={parts} height={12} />
      <ul className={styles.legend}>
        {parts
          .filter(({ count }) => count > 0)
          .map(({ key, label, color }) => (
            <li key={key}>
              <i style={{ background: color }} aria-hidden />
              {label}
            </li>
          ))}
      </ul>
    </section>
  )
}

interface FigureProps {
  readonly name: string
  readonly note?: string
  readonly tone?: 'warn' | 'bad' | undefined
  readonly children: ReactNode
}

function Figure({ name, note, tone, children }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b data-tone={tone}>{children}</b>
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  )
}
