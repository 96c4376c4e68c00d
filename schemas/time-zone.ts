/** Is this the name of a time zone? */
export function isTimeZone(name: string): boolean {
  try {
    // Not kept: a name may be anything that somebody typed.
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** What the clock on the wall shows; months from 1. */
export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, format)
  return format
}

/** The wall time in a zone at an instant (ms). Throws a RangeError for a zone that does not exist. */
export function wallTimeOf(instant: number, zone: string): WallTime {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return { year, month, day, hour, minute, second }
}

/** The same, written as if it were UTC (ms): arithmetic with days and minutes is plain then. */
export function wallOf(instant: number, zone: string): number {
  const { year, month, day, hour, minute, second } = wallTimeOf(instant, zone)
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** The day in a zone at an instant (ms), `2026-11-26`. */
export function dayOf(instant: number, zone: string): string {
  const { year, month, day } = wallTimeOf(instant, zone)
  return [String(year).padStart(4, '0'), ...[month, day].map((number) => String(number).padStart(2, '0'))].join('-')
}
