import { IconCalendarTime } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Calendar } from '#schemas/api/schedules.ts'
import { RelativeTime } from '#editor/parts/relative-time.tsx'
import { useMinute } from '#editor/parts/use-minute.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { untilText } from '../home/until.ts'
import styles from './schedules.module.css'

/** The next times of all schedules, with how far away they are. */
export function NextTimes({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useMinute()
  const { next, timezone: zone } = calendar
  if (next.length === 0) return null
  return (
    <section className={styles.next} aria-labelledby="next-times">
      <header>
        <h2 id="next-times">{t('schedules.next')}</h2>
        <span>{zone}</span>
      </header>
      <ol>
        {next.map(({ at, workflowId, workflowName }) => (
          <li key={`${at} ${workflowId}`}>
            <span className={styles.tile} aria-hidden>
              <IconCalendarTime size={16} stroke={1.8} />
            </span>
            <span className={styles.words}>
              <b>
                <RelativeTime at={at} zone={zone} />
              </b>
              <Link to="/workflows/$id" params={{ id: workflowId }}>
                {workflowName}
              </Link>
            </span>
            <span className={styles.until}>{untilText(new Date(at), { now, language, zone })}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
