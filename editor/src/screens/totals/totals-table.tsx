import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney, formatNumber } from '#editor/parts/numbers.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { PartsBar } from './parts-bar.tsx'
import type { TotalLine } from './sums.ts'
import styles from './totals.module.css'

interface TotalsTableProps {
  readonly title: string
  /** What the first column names. */
  readonly head: string
  readonly lines: readonly TotalLine[]
  readonly nameOf: (key: string) => ReactNode
}

/** One line for each day, workflow or channel: how many, what became of them as a bar and in figures, what it cost. */
export function TotalsTable({ title, head, lines, nameOf }: TotalsTableProps) {
  const { t } = useTranslation()
  const most = Math.max(0, ...lines.map(({ messages }) => messages))
  const priced = lines.some(({ cost }) => cost !== null)
  return (
    <section className={styles.card} aria-label={title}>
      <h2>{title}</h2>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={title}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{head}</th>
              <th scope="col" className={styles.number}>
                {t('totals.messages')}
              </th>
              <th scope="col" className={styles.bar}>
                {t('totals.share')}
              </th>
              <th scope="col" className={styles.number}>
                {t('totals.reached')}
              </th>
              <th scope="col" className={styles.number}>
                {t('totals.waiting')}
              </th>
              <th scope="col" className={styles.number}>
                {t('totals.unconfirmed')}
              </th>
              <th scope="col" className={styles.number}>
                {t('totals.failed')}
              </th>
              {priced && (
                <th scope="col" className={styles.number}>
                  {t('totals.cost')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={line.key} line={line} most={most} priced={priced}>
                {nameOf(line.key)}
              </Line>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

interface LineProps {
  readonly line: TotalLine
  readonly most: number
  readonly priced: boolean
  readonly children: ReactNode
}

function Line({ line, most, priced, children }: LineProps) {
  const language = useLanguage()
  const { counts, cost } = line
  return (
    <tr>
      <th scope="row">{children}</th>
      <td className={styles.number}>
        <b>{formatNumber(line.messages, language)}</b>
      </td>
      <td className={styles.bar}>{line.messages > 0 && <PartsBar line={line} most={most} />}</td>
      <Count value={counts.delivered + counts.converted} />
      <Count value={counts.sent} />
      <Count value={counts.unconfirmed} tone="warn" />
      <Count value={counts.failed} tone="bad" />
      {priced && (
        <td className={styles.number}>
          {cost === null ? (
            <span className={styles.none}>–</span>
          ) : (
            formatMoney({ amount: String(cost), currency: 'KRW' }, language)
          )}
        </td>
      )}
    </tr>
  )
}

/** A zero is quiet: what is there stands out. */
function Count({ value, tone }: { value: number; tone?: 'warn' | 'bad' }) {
  const language = useLanguage()
  return (
    <td className={styles.number} data-tone={value > 0 ? tone : 'zero'}>
      {formatNumber(value, language)}
    </td>
  )
}
