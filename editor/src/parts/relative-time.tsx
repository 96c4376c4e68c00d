import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '#editor/words/use-language.ts'
import { formatExact, formatMoment, WORKSPACE_ZONE } from './times.ts'

interface RelativeTimeProps {
  /** ISO text; null says that it did not happen (yet). */
  readonly at: string | null
  readonly zone?: string
}

/** A moment as people say it; the exact one in the tooltip. Stays true while it is looked at. */
export function RelativeTime({ at, zone = WORKSPACE_ZONE }: RelativeTimeProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useMinute()
  const date = at === null ? null : new Date(at)
  if (date === null || Number.isNaN(date.getTime())) return <span>{t('parts.time.never')}</span>
  const words = {
    now: t('parts.time.now'),
    today: (time: string) => t('parts.time.today', { time }),
    yesterday: (time: string) => t('parts.time.yesterday', { time }),
    tomorrow: (time: string) => t('parts.time.tomorrow', { time }),
  }
  return (
    <time dateTime={date.toISOString()} title={formatExact(date, language, zone)}>
      {formatMoment(date, { language, zone, now, words })}
    </time>
  )
}

/** The present, renewed twice a minute. */
function useMinute(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
