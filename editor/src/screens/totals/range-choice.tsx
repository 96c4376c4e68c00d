import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { faultOf, presetOf, presetRange, type DayRange, type Preset } from './range.ts'
import { isDay } from './sums.ts'
import styles from './totals.module.css'

interface RangeChoiceProps {
  readonly range: DayRange
  readonly today: string
  readonly onChange: (range: DayRange) => void
}

/** Which days: the last so many, or two days that a person chooses. */
export function RangeChoice({ range, today, onChange }: RangeChoiceProps) {
  const { t } = useTranslation()
  const preset = presetOf(range, today)
  const [own, setOwn] = useState(preset === null)
  const choices = (['week', 'month', 'quarter'] as const).map((value) => ({ value, label: t(`totals.ranges.${value}`) }))
  return (
    <div className={styles.range}>
      <SegmentedControl
        aria-label={t('totals.range')}
        value={own ? 'own' : (preset ?? 'own')}
        data={[...choices, { value: 'own', label: t('totals.ranges.own') }]}
        onChange={(next) => {
          setOwn(next === 'own')
          // The values are those of the choices above.
          if (next !== 'own') onChange(presetRange(next as Preset, today))
        }}
      />
      {(own || preset === null) && <OwnDays range={range} today={today} onChange={onChange} />}
    </div>
  )
}

function OwnDays({ range, today, onChange }: RangeChoiceProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(range)
  const fault = faultOf(draft)
  const change = (part: Partial<DayRange>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    // A field that is being typed into has no day for a moment.
    if (isDay(next.from) && isDay(next.to) && faultOf(next) === null) onChange(next)
  }
  return (
    <div className={styles.own}>
      <TextInput
        type="date"
        aria-label={t('totals.from')}
        max={today}
        value={draft.from}
        onChange={(event) => change({ from: event.currentTarget.value })}
      />
      <span aria-hidden>–</span>
      <TextInput
        type="date"
        aria-label={t('totals.to')}
        max={today}
        value={draft.to}
        onChange={(event) => change({ to: event.currentTarget.value })}
      />
      {fault !== null && (
        <p role="alert" className={styles.fault}>
          {t(`totals.${fault}`)}
        </p>
      )}
    </div>
  )
}
