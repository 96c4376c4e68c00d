import { useTranslation } from 'react-i18next'
import type { CaseKind, MessageCase } from './cases.ts'
import styles from './message.module.css'

interface CaseChipsProps {
  readonly cases: readonly MessageCase[]
  /** Null: the people in turn. */
  readonly chosen: CaseKind | null
  readonly onChoose: (kind: CaseKind | null) => void
}

/** One click to each message worth a look; the first chip goes back to the people in turn. */
export function CaseChips({ cases, chosen, onChoose }: CaseChipsProps) {
  const { t } = useTranslation()
  if (cases.length === 0) return null
  return (
    <div className={styles.chips} role="group" aria-label={t('audience.cases.title')}>
      {[null, ...cases.map(({ kind }) => kind)].map((kind) => (
        <button key={kind ?? 'turn'} type="button" aria-pressed={chosen === kind} onClick={() => onChoose(kind)}>
          {t(`audience.cases.${kind ?? 'turn'}`)}
        </button>
      ))}
    </div>
  )
}
