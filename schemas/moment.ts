import type { MomentType, RelativeMoment } from './parameter.ts'
import { wallOf } from './time-zone.ts'
import { instantOf } from './wall-time.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const STEPS = { minute: MINUTE, hour: 60 * MINUTE, day: DAY, week: 7 * DAY } as const

/** When and where a relative moment is asked for. */
export interface MomentPlace {
  /** Start of the run, ms since 1970. */
  readonly now: number
  /** The workflow's zone: what "today" means. */
  readonly timezone: string
}

/** A moment, found: the clock on the wall in the workflow's zone (ms, as if it were UTC), and the instant (ms since 1970). */
export interface Moment {
  readonly wall: number
  readonly instant: number
}

function startOf(wall: number, from: RelativeMoment['from']): number {
  const day = Math.floor(wall / DAY) * DAY
  const date = new Date(day)
  if (from === 'week') return day - ((date.getUTCDay() + 6) % 7) * DAY
  if (from === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
  return from === 'year' ? Date.UTC(date.getUTCFullYear(), 0) : day
}

/** The same day of another month; the last one where that month is shorter. */
function addMonths(wall: number, months: number): number {
  const date = new Date(wall)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) + (wall - Math.floor(wall / DAY) * DAY)
}

function move(wall: number, plus: number, unit: NonNullable<RelativeMoment['unit']>): number {
  if (unit === 'month' || unit === 'year') return addMonths(wall, unit === 'year' ? plus * 12 : plus)
  return wall + plus * STEPS[unit]
}

/**
 * Finds a relative moment. Days, weeks, months and years are those of the calendar on the wall; hours and minutes from now pass as time
 * does, also over a change of clocks.
 */
export function momentOf({ from, plus = 0, unit = 'day' }: RelativeMoment, { now, timezone }: MomentPlace): Moment {
  if (from === 'now' && (unit === 'hour' || unit === 'minute')) {
    const instant = now + plus * STEPS[unit]
    return { instant, wall: wallOf(instant, timezone) + millisecondsOf(instant) }
  }
  // Zones are asked in whole seconds.
  const rest = from === 'now' ? millisecondsOf(now) : 0
  const today = wallOf(now, timezone)
  const wall = move(from === 'now' ? today : startOf(today, from), plus, unit)
  const instant = from === 'now' && plus === 0 ? now - rest : instantOf(wall, timezone)
  return { wall: wall + rest, instant: instant + rest }
}

const millisecondsOf = (at: number): number => ((at % 1000) + 1000) % 1000

/** `2026-11-27 09:00:00`, with milliseconds where there are some. */
export function wallText(wall: number): string {
  const text = new Date(wall).toISOString().slice(0, -1).replace('T', ' ')
  return text.endsWith('.000') ? text.slice(0, -4) : text
}

/** Month and day as an integer: 1127. */
function monthDay(wall: number, type: 'month-day' | 'leap-day'): number {
  const date = new Date(wall)
  const found = (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
  const isLeap = new Date(Date.UTC(date.getUTCFullYear(), 2, 0)).getUTCDate() === 29
  return type === 'leap-day' && found === 228 && !isLeap ? 229 : found
}

/** Zones of a connection: of the wall times in its columns, and of the session that compares instants. */
export interface ConnectionZones {
  readonly wall: string
  /** Null: instants are bound as ISO text with `Z`. */
  readonly session: string | null
}

/** The instant as its connection compares it with columns of this type. */
export function bindInstant(instant: number, type: 'datetime' | 'instant', zones: ConnectionZones): string {
  const zone = type === 'instant' ? zones.session : zones.wall
  if (zone === null) return new Date(instant).toISOString()
  return wallText(wallOf(instant, zone) + millisecondsOf(instant))
}

/** A relative moment in the form in which it is bound. */
export function bindMoment(
  relative: RelativeMoment,
  type: MomentType,
  { place, zones }: { place: MomentPlace; zones: ConnectionZones },
): string | number {
  const { wall, instant } = momentOf(relative, place)
  if (type === 'date') return new Date(wall).toISOString().slice(0, 10)
  if (type === 'month-day' || type === 'leap-day') return monthDay(wall, type)
  return bindInstant(instant, type, zones)
}
