import { useWorkspaceZone } from '#editor/api/settings.ts'
import { formatExact } from '#editor/parts/times.ts'
import { useMinute } from '#editor/parts/use-minute.ts'
import { useLanguage } from '#editor/words/use-language.ts'

/** Day and time of the workspace: 11월 23일 월요일 14:30. */
export function TodayClock() {
  const language = useLanguage()
  const zone = useWorkspaceZone()
  const now = useMinute()
  const text = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(now)
  return (
    <time dateTime={now.toISOString()} title={formatExact(now, language, zone)}>
      {text}
    </time>
  )
}
