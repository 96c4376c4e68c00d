import { useMinute } from '#editor/parts/use-minute.ts'
import { useWorkspaceZone } from '#editor/api/settings.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { formatClock, formatDay, formatExact } from '#editor/parts/times.ts'

/** The time where it was today, the day else; the whole moment in its tooltip. */
export function ShortMoment({ at }: { at: string | null }) {
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const now = useMinute()
  if (at === null) return null
  const date = new Date(at)
  const reading = { language, zone, now }
  const today = formatDay(date, reading) === formatDay(now, reading)
  return (
    <time dateTime={at} title={formatExact(date, language, zone)}>
      {today ? formatClock(date, reading) : formatDay(date, reading)}
    </time>
  )
}
