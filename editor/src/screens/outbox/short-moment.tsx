import { useLanguage } from '#editor/words/use-language.ts'
import { formatClock, formatDay, formatExact, WORKSPACE_ZONE } from '#editor/parts/times.ts'

/** The time where it was today, the day else; the whole moment in its tooltip. */
export function ShortMoment({ at }: { at: string | null }) {
  const language = useLanguage()
  if (at === null) return null
  const date = new Date(at)
  const now = new Date()
  const reading = { language, zone: WORKSPACE_ZONE, now }
  const today = formatDay(date, reading) === formatDay(now, reading)
  return (
    <time dateTime={at} title={formatExact(date, language, WORKSPACE_ZONE)}>
      {today ? formatClock(date, reading) : formatDay(date, reading)}
    </time>
  )
}
