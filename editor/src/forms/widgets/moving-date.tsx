import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { momentOf, wallText } from '#schemas/moment.ts'
import type { MomentType, ParameterValue, RelativeMoment } from '#schemas/parameter.ts'
import { useMinute } from '#editor/parts/use-minute.ts'
import { useForm } from '../form-context.ts'
import { Choice } from './choice.tsx'
import styles from './parameters.module.css'

const FROM = ['now', 'day', 'week', 'month', 'year'] as const satisfies RelativeMoment['from'][]
const UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const satisfies NonNullable<RelativeMoment['unit']>[]
const TYPES = ['date', 'datetime', 'instant', 'month-day', 'leap-day'] as const satisfies MomentType[]
const DIRECTIONS = ['before', 'after'] as const

type Moving = Extract<ParameterValue, { relative: RelativeMoment }>

/** A date that moves with the run: the start of today a week ago. */
export function MovingDate({ name, value, onChange }: { name: string; value: Moving; onChange: (value: Moving) => void }) {
  const { t } = useTranslation()
  const { timezone } = useForm()
  const now = useMinute()
  const { from, plus = 0, unit = 'day' } = value.relative
  const set = (change: Partial<RelativeMoment>) => onChange({ ...value, relative: { from, plus, unit, ...change } })
  const direction = plus > 0 ? 'after' : 'before'
  const { wall } = momentOf(value.relative, { now: Number(now), timezone })
  const today = wallText(wall)
  return (
    <div className={styles.moving}>
      <Choice
        label={t('forms.parameters.from', { name })}
        words={FROM}
        textOf={(word) => t(`forms.parameters.fromDay.${word}`)}
        value={from}
        onChange={(next) => set({ from: next })}
      />
      <div className={styles.offset}>
        <NumberInput
          size="xs"
          aria-label={t('forms.parameters.howMany', { name })}
          min={0}
          max={100_000}
          allowDecimal={false}
          allowNegative={false}
          value={Math.abs(plus)}
          onChange={(next) => set({ plus: Number(next) * (direction === 'after' ? 1 : -1) })}
        />
        <Choice
          label={t('forms.parameters.unitOf', { name })}
          words={UNITS}
          textOf={(word) => t(`forms.parameters.unit.${word}`)}
          value={unit}
          onChange={(next) => set({ unit: next })}
        />
        <Choice
          label={t('forms.parameters.directionOf', { name })}
          words={DIRECTIONS}
          textOf={(word) => t(`forms.parameters.direction.${word}`)}
          value={direction}
          onChange={(next) => set({ plus: Math.abs(plus === 0 ? 1 : plus) * (next === 'after' ? 1 : -1) })}
        />
      </div>
      <Choice
        label={t('forms.parameters.formOf', { name })}
        words={TYPES}
        textOf={(word) => t(`forms.parameters.form.${word}`)}
        value={value.type}
        onChange={(type) => onChange({ ...value, type })}
      />
      <p className={styles.note}>
        {t('forms.parameters.today', { moment: value.type === 'date' ? today.slice(0, 10) : today.slice(0, 16) })}
      </p>
    </div>
  )
}
