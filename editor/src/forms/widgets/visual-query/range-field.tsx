import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ValueType } from '#schemas/column.ts'
import { momentOf } from '#schemas/moment.ts'
import { endsOf } from '#schemas/range-ends.ts'
import type { RelativeRange } from '#schemas/relative-range.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useMinute } from '#editor/parts/use-minute.ts'
import { useQueryContext } from './query-context.ts'
import styles from './visual-query.module.css'

type Unit = Extract<RelativeRange, { count: number }>['unit']
const COUNTED = ['last', 'next', 'before', 'after'] as const
const CALENDAR = [
  ['today', 'day', 0],
  ['yesterday', 'day', -1],
  ['tomorrow', 'day', 1],
  ['thisWeek', 'week', 0],
  ['lastWeek', 'week', -1],
  ['thisMonth', 'month', 0],
  ['lastMonth', 'month', -1],
  ['thisYear', 'year', 0],
] as const
const LONG: readonly Unit[] = ['day', 'week', 'month', 'year']
const SHORT: readonly Unit[] = ['minute', 'hour']

const kindOf = (range: RelativeRange): string =>
  range.in === 'calendar'
    ? (CALENDAR.find(([, unit, plus]) => unit === range.unit && plus === range.plus)?.[0] ?? 'exactly')
    : range.in

/** A stretch of time that moves with the day, said in words, and what it is today. */
export function RangeField({
  range = { in: 'last', count: 7, unit: 'day' },
  type,
  onChange,
}: {
  range?: RelativeRange | undefined
  type: ValueType | undefined
  onChange: (range: RelativeRange) => void
}) {
  const { t } = useTranslation()
  const kind = kindOf(range)
  const choose = (next: string | null) => {
    const calendar = CALENDAR.find(([name]) => name === next)
    const counted = COUNTED.find((name) => name === next)
    if (calendar) onChange({ in: 'calendar', unit: calendar[1], plus: calendar[2] })
    else if (counted) onChange('count' in range ? { ...range, in: counted } : { in: counted, count: 7, unit: 'day' })
    else if (next === 'exactly') onChange({ in: 'calendar', unit: 'day', plus: -3 })
  }
  const units = type === 'date' ? LONG : [...SHORT, ...LONG]
  return (
    <div className={styles.range}>
      <div className={styles.line}>
        <Select
          size="xs"
          aria-label={t('tableQuery.range.kind')}
          data={[...COUNTED, ...CALENDAR.map(([name]) => name), 'exactly' as const].map((name) => ({
            value: name,
            label: t(`tableQuery.range.${name}`),
          }))}
          value={kind}
          allowDeselect={false}
          onChange={choose}
        />
        {'count' in range && (
          <>
            <NumberInput
              size="xs"
              w={72}
              aria-label={t('tableQuery.range.count')}
              value={range.count}
              min={1}
              max={10_000}
              allowDecimal={false}
              clampBehavior="blur"
              onChange={(count) => typeof count === 'number' && count >= 1 && onChange({ ...range, count })}
            />
            <Select
              size="xs"
              w={92}
              aria-label={t('tableQuery.range.unit')}
              data={units.map((unit) => ({ value: unit, label: t(`tableQuery.unit.${unit}`) }))}
              value={range.unit}
              allowDeselect={false}
              onChange={(unit) => {
                const known = units.find((one) => one === unit)
                if (known) onChange({ ...range, unit: known })
              }}
            />
          </>
        )}
        {kind === 'exactly' && range.in === 'calendar' && (
          <NumberInput
            size="xs"
            w={92}
            aria-label={t('tableQuery.range.daysAgo')}
            value={-range.plus}
            min={-10_000}
            max={10_000}
            allowDecimal={false}
            suffix={t('tableQuery.range.daysAgoSuffix')}
            onChange={(days) => typeof days === 'number' && onChange({ in: 'calendar', unit: 'day', plus: -days })}
          />
        )}
      </div>
      <RangeToday range={range} />
    </div>
  )
}

/** What the stretch is if the run started now. */
function RangeToday({ range }: { range: RelativeRange }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { timezone } = useQueryContext()
  const now = useMinute().getTime()
  const { from, to } = endsOf(range)
  const short = 'count' in range && SHORT.includes(range.unit)
  const format = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
    ...(short && { hour: 'numeric', minute: '2-digit' }),
  })
  const wall = (moment: NonNullable<typeof from>, less = 0) => format.format(momentOf(moment, { now, timezone }).wall - less)
  // The end is not in it: of days the one before is the last.
  const last = to && wall(to, short ? 0 : 1)
  const first = from && wall(from)
  const text =
    first !== undefined && last !== undefined
      ? first === last
        ? t('tableQuery.range.on', { day: first })
        : t('tableQuery.range.fromTo', { from: first, to: last })
      : first !== undefined
        ? t('tableQuery.range.since', { from: first })
        : t('tableQuery.range.until', { to: last })
  return <p className={styles.hint}>{text}</p>
}
