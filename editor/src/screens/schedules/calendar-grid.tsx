import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CalendarItem } from '#schemas/api/schedules.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { CalendarEntry } from './calendar-entry.tsx'
import { useDayName } from './use-day-name.ts'
import styles from './schedules.module.css'

interface CalendarGridProps {
  /** Days of whole weeks, as YYYY-MM-DD. */
  readonly weeks: readonly (readonly string[])[]
  readonly today: string
  readonly items: readonly CalendarItem[]
  readonly zone: string
}

/** A table of weeks; where it is narrow, a list of the days on which there is something. */
export function CalendarGrid({ weeks, today, items, zone }: CalendarGridProps) {
  const { t } = useTranslation()
  const name = useDayName()
  const language = useLanguage()
  const byDay = Map.groupBy(items, ({ day }) => day)
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  const first = weeks[0] ?? []
  return (
    <div className={styles.calendar}>
      <table className={styles.table}>
        <caption>
          <VisuallyHidden>{t('schedules.title')}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            {first.map((day, place) => (
              <th key={day} scope="col" data-sunday={place === 6 || undefined}>
                {weekday.format(new Date(`${day}T00:00:00Z`))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day, place) => {
                const entries = byDay.get(day) ?? []
                return (
                  <td
                    key={day}
                    data-today={day === today || undefined}
                    data-empty={entries.length === 0 || undefined}
                    aria-current={day === today ? 'date' : undefined}
                  >
                    <time dateTime={day} className={styles.day} data-sunday={place === 6 || undefined}>
                      <span className={styles.short}>{day.endsWith('-01') ? name(day) : String(Number(day.slice(8)))}</span>
                      <span className={styles.long}>{name(day, true)}</span>
                      {day === today && <em>{t('schedules.today')}</em>}
                    </time>
                    {entries.length > 0 && (
                      <ul className={styles.entries}>
                        {entries.map((item) => (
                          <CalendarEntry key={`${item.kind} ${item.workflowId} ${item.at}`} item={item} zone={zone} />
                        ))}
                      </ul>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {items.length === 0 && <p className={styles.nothing}>{t('schedules.nothing')}</p>}
    </div>
  )
}
