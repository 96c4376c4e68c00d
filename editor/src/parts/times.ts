import type { Language } from '#schemas/localized.ts'

/** The workspace's zone until its settings are known. */
export const WORKSPACE_ZONE = 'Asia/Seoul'

interface TimeWords {
  readonly now: string
  readonly today: (time: string) => string
  readonly yesterday: (time: string) => string
  readonly tomorrow: (time: string) => string
}

interface Reading {
  readonly language: Language
  readonly zone: string
  readonly now: Date
  readonly words: TimeWords
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`
  let found = formats.get(key)
  if (found === undefined) formats.set(key, (found = new Intl.DateTimeFormat(language, { timeZone: zone, ...options })))
  return found
}

/** 09:30, or 09:30:05 with seconds; 24 hours, in the zone. */
export function formatClock(
  at: Date,
  { language, zone, seconds = false }: { language: Language; zone: string; seconds?: boolean },
): string {
  return format(language, zone, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(seconds ? { second: '2-digit' } : {}),
  }).format(at)
}

/** 11월 23일 (월); with the year instead of the weekday where it is another year. */
export function formatDay(at: Date, { language, zone, now }: Omit<Reading, 'words'>): string {
  const thisYear = yearOf(at, zone) === yearOf(now, zone)
  const rest = thisYear ? ({ weekday: 'short' } as const) : ({ year: 'numeric' } as const)
  return format(language, zone, { month: 'short', day: 'numeric', ...rest }).format(at)
}

/** Everything about the moment, for a tooltip: date, seconds and zone. */
export function formatExact(at: Date, language: Language, zone: string): string {
  return format(language, zone, { dateStyle: 'long', timeStyle: 'long', hourCycle: 'h23' }).format(at)
}

/**
 * A moment as people say it, in the workspace's zone: "방금" within a minute past, "오늘 09:30", "어제 …", "내일 …", else date and time.
 * Days are calendar days of the zone, not 24 hours.
 */
export function formatMoment(at: Date, reading: Reading): string {
  const { language, zone, now, words } = reading
  const age = now.getTime() - at.getTime()
  if (age >= 0 && age < 60_000) return words.now
  const time = formatClock(at, { language, zone })
  const days = dayNumber(at, zone) - dayNumber(now, zone)
  if (days === 0) return words.today(time)
  if (days === -1) return words.yesterday(time)
  if (days === 1) return words.tomorrow(time)
  return `${formatDay(at, reading)} ${time}`
}

/** "3분 전", "2 hours ago": how long it is past, in the largest unit that is whole. */
export function formatAgo(at: Date, language: Language, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - at.getTime()) / 1_000))
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'always' })
  if (seconds < 60) return words.format(-seconds, 'second')
  if (seconds < 3_600) return words.format(-Math.floor(seconds / 60), 'minute')
  if (seconds < 86_400) return words.format(-Math.floor(seconds / 3_600), 'hour')
  return words.format(-Math.floor(seconds / 86_400), 'day')
}

function yearOf(at: Date, zone: string): string {
  return format('en', zone, { year: 'numeric' }).format(at)
}

/** Count of calendar days in the zone, for differences only. */
function dayNumber(at: Date, zone: string): number {
  const parts = format('en', zone, { year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts(at)
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day')) / 86_400_000
}
