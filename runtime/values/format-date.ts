import type { ValueType } from '#schemas/column.ts'
import { wallTimeOf, type WallTime } from '#schemas/time-zone.ts'
import type { Value } from '#runtime/sdk/rows.ts'

// A wall time is taken from text: nothing here goes through a `Date` of the process's zone.
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)$/

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

function wallTime(text: string): WallTime | null {
  const found = DATE.exec(text)
  if (!found) {
    const time = TIME.exec(text)
    if (!time) return null
    const [hour = 0, minute = 0, second = 0] = time.slice(1).map((digits) => Number(digits ?? 0))
    return hour < 24 && minute < 60 && second < 60 ? { year: 0, month: 0, day: 0, hour, minute, second } : null
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map((digits) => Number(digits ?? 0))
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60
  return exists ? { year, month, day, hour, minute, second } : null
}

function read(value: Value, source: { type: ValueType; timezone: string }): WallTime | null {
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (source.type === 'instant' || (source.type === 'text' && INSTANT.test(text))) {
    const instant = new Date(text.replace(' ', 'T'))
    return Number.isNaN(instant.getTime()) ? null : wallTimeOf(instant.getTime(), source.timezone)
  }
  return wallTime(text)
}

const WEEKDAYS = {
  ko: ['일', '월', '화', '수', '목', '금', '토'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const pad = (number: number, length = 2): string => String(number).padStart(length, '0')

function token(symbol: string, time: WallTime, locale: 'ko' | 'en'): string {
  const weekday = WEEKDAYS[locale][new Date(Date.UTC(time.year, time.month - 1, time.day)).getUTCDay()] ?? ''
  const month = MONTHS[time.month - 1] ?? ''
  const hour12 = time.hour % 12 === 0 ? 12 : time.hour % 12
  const half = locale === 'ko' ? (time.hour < 12 ? '오전' : '오후') : time.hour < 12 ? 'AM' : 'PM'
  const texts: Record<string, string> = {
    yyyy: pad(time.year, 4),
    yy: pad(time.year % 100),
    MMMM: locale === 'ko' ? `${time.month}월` : month,
    MMM: locale === 'ko' ? `${time.month}월` : month.slice(0, 3),
    MM: pad(time.month),
    M: String(time.month),
    dd: pad(time.day),
    d: String(time.day),
    EEEE: locale === 'ko' ? `${weekday}요일` : weekday,
    E: locale === 'ko' ? weekday : weekday.slice(0, 3),
    HH: pad(time.hour),
    H: String(time.hour),
    hh: pad(hour12),
    h: String(hour12),
    mm: pad(time.minute),
    ss: pad(time.second),
    a: half,
  }
  return texts[symbol] ?? symbol
}

const PATTERN = /'([^']*)'|yyyy|yy|MMMM|MMM|MM|M|dd|d|EEEE|E|HH|H|hh|h|mm|ss|a/g

const DEFAULTS = {
  ko: { date: 'yyyy년 M월 d일', time: 'HH:mm', both: 'yyyy년 M월 d일 HH:mm' },
  en: { date: 'MMM d, yyyy', time: 'HH:mm', both: 'MMM d, yyyy HH:mm' },
} as const

/**
 * A date as text by a pattern of Unicode's letters (UTS 35, a subset): yyyy yy MMMM MMM MM M dd d EEEE E HH H hh h mm ss a, and 'quoted
 * words'. Dates and datetimes are shown as stored, instants in the zone.
 * @returns null when the value is no date or a pattern asks a time for its day
 */
export function formatDate(
  value: Value,
  format: { locale: 'ko' | 'en'; pattern?: string | undefined },
  source: { type: ValueType; timezone: string },
): string | null {
  const time = read(value, source)
  if (!time) return null
  const timeOnly = time.month === 0
  const dateOnly = !timeOnly && typeof value === 'string' && value.trim().length === 10
  const pattern = format.pattern?.trim() || DEFAULTS[format.locale][timeOnly ? 'time' : dateOnly ? 'date' : 'both']
  if (timeOnly && /[yMdE]/.test(pattern.replace(/'[^']*'/g, ''))) return null
  return pattern.replace(PATTERN, (symbol, quoted: string | undefined) => quoted ?? token(symbol, time, format.locale))
}
