import type { Language } from '#schemas/localized.ts'
import { dayOf } from '#schemas/time-zone.ts'

/** How far away a moment is, in the biggest fitting unit: "7일 뒤", "in 3 hours". Days are calendar days of the zone. */
export function untilText(at: Date, { now, language, zone }: { now: Date; language: Language; zone: string }): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const minutes = Math.round((at.getTime() - now.getTime()) / 60_000)
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute')
  const days = dayNumber(at, zone) - dayNumber(now, zone)
  return days === 0 ? format.format(Math.round(minutes / 60), 'hour') : format.format(days, 'day')
}

const dayNumber = (at: Date, zone: string): number => Date.parse(dayOf(at.getTime(), zone)) / 86_400_000
