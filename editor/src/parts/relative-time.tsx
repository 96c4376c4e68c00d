import { useTranslation } from 'react-i18next'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { formatExact, formatMoment } from './times.ts'
import { useMinute } from './use-minute.ts'

interface RelativeTimeProps {
  /** ISO text; null says that it did not happen (yet). */
  readonly at: string | null
  /** The workspace's unless given. */
  readonly zone?: string
}

/** A moment as people say it; the exact one in the tooltip. Stays true while it is looked at. */
export function RelativeTime({ at, zone: given }: RelativeTimeProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const workspace = useWorkspaceZone()
  const zone = given ?? workspace
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
