import type { Language } from '#schemas/localized.ts'

/** How far away a moment is, in the biggest fitting unit: "7일 뒤", "in 3 hours". Days are calendar days of the zone. */
export function untilText(at: Date, { now, language, zone }: { now: Date; language: Language; zone: string }): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const minutes = Math.round((at.getTime() - now.getTime()) / 60_000)
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute')
  const days = dayOf(at, zone) - dayOf(now, zone)
  return days === 0 ? format.format(Math.round(minutes / 60), 'hour') : format.format(days, 'day')
}

function dayOf(at: Date, timeZone: string): number {
  const [year = 0, month = 1, day = 1] = new Intl.DateTimeFormat('en-CA', { timeZone }).format(at).split('-').map(Number)
  return Date.UTC(year, month - 1, day) / 86_400_000
}
