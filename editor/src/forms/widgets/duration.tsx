import { Input, NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WidgetProps } from '../widget-props.ts'
import { useFieldProps } from './simple.tsx'
import styles from '../forms.module.css'

const units = { minutes: 1, hours: 60, days: 1440 } as const
type Unit = keyof typeof units
const unitNames = ['minutes', 'hours', 'days'] as const satisfies readonly Unit[]

/** The largest unit in which the number is whole. */
function unitOf(minutes: number): Unit {
  if (minutes !== 0 && minutes % units.days === 0) return 'days'
  return minutes !== 0 && minutes % units.hours === 0 ? 'hours' : 'minutes'
}

/** A span of time, kept in minutes, written in the unit that suits it. */
export function DurationWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const minutes = typeof props.value === 'number' ? props.value : null
  const [unit, setUnit] = useState<Unit>(minutes === null ? 'hours' : unitOf(minutes))
  return (
    <Input.Wrapper label={field.label} description={field.description} error={field.error} labelElement="div">
      <div className={styles.pair}>
        <NumberInput
          aria-label={field.label}
          value={minutes === null ? '' : minutes / units[unit]}
          min={0}
          onChange={(next) => props.onChange(typeof next === 'number' ? Math.round(next * units[unit]) : undefined)}
        />
        <Select
          aria-label={t('forms.duration.unit')}
          data={unitNames.map((name) => ({ value: name, label: t(`forms.duration.${name}`) }))}
          value={unit}
          allowDeselect={false}
          onChange={(next) => setUnit(unitNames.find((name) => name === next) ?? 'minutes')}
        />
      </div>
    </Input.Wrapper>
  )
}
