import type { Column } from '#schemas/column.ts'
import { wallOf } from '#schemas/time-zone.ts'
import { instantOf } from '#schemas/wall-time.ts'
import { AppError, type Row, type Value, type Waiting } from '#runtime/sdk/index.ts'
import type { InColumn, Until } from './config.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const DAY_MINUTES = 1440
/** Nobody waits longer where nothing else is said, minutes: 90 days. */
const USUAL_LONGEST = 90 * DAY_MINUTES
/** Where a column holds a day only, and nothing says at what time. */
const USUAL_TIME = '09:00'

const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/
const ZONED = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}(?::?\d{2})?)$/

/** Is it a time of day, `09:00`? */
export const isTimeOfDay = (text: string): boolean => CLOCK.test(text)

function msOfDay(text: string): number {
  const [, hours, minutes] = CLOCK.exec(text) ?? []
  return (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE
}

const midnight = (wall: number): number => Math.floor(wall / DAY) * DAY

/** So much later: whole days by the calendar (at the same time of day, also where clocks are changed between), the rest by the clock. */
function later(instant: number, minutes: number, zone: string): number {
  if (minutes % DAY_MINUTES !== 0) return instant + minutes * MINUTE
  return instantOf(wallOf(instant, zone) + minutes * MINUTE, zone) + (instant % 1000)
}

/** The next moment after `from` at which the clocks of the zone show that time. */
function nextTime(from: number, time: string, zone: string): number {
  for (let day = midnight(wallOf(from, zone)); ; day += DAY) {
    const at = instantOf(day + msOfDay(time), zone)
    if (at > from) return at
  }
}

/** What a value says of when: a moment, or what clocks show (as if in UTC), and whether it is a day only. */
type Said = { readonly at: number } | { readonly wall: number; readonly dayOnly: boolean }

function read(value: Value): Said | null {
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (ZONED.test(text)) {
    // PostgreSQL writes a zone by its hours alone, which `Date` does not read.
    const at = Date.parse(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00'))
    return Number.isFinite(at) ? { at } : null
  }
  const found = DATE.exec(text)
  if (!found) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map((part) => Number(part ?? 0))
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  // `Date.UTC` makes a day of every number: the 31st of February is none.
  const same = new Date(wall)
  const exists = same.getUTCMonth() === month - 1 && same.getUTCDate() === day && hour < 24 && minute < 60
  return exists ? { wall, dayOnly: found[4] === undefined } : null
}

function inColumn(said: Said, until: InColumn, zone: string): number {
  const minutes = until.side === 'before' ? -until.shift : until.shift
  const time = until.time || ('dayOnly' in said && said.dayOnly ? USUAL_TIME : null)
  const at = 'at' in said ? said.at : instantOf(said.wall, zone)
  if (time === null) return later(at, minutes, zone)
  // On the day that is meant, at the time that is meant: first the day, then the time.
  const wall = 'at' in said ? wallOf(said.at, zone) : said.wall
  if (minutes % DAY_MINUTES === 0) return instantOf(midnight(wall + minutes * MINUTE) + msOfDay(time), zone)
  return later(instantOf(midnight(wall) + msOfDay(time), zone), minutes, zone)
}

/** Until when a row waits whose wait begins at `from`. */
export function momentOf(until: Until, { zone }: { zone: string }): (row: Row, from: number) => Waiting | AppError {
  if (until.kind === 'duration') return (_row, from) => ({ until: later(from, until.minutes, zone) })
  if (until.kind === 'time') return (_row, from) => ({ until: nextTime(from, until.time, zone) })
  const { column, longest = USUAL_LONGEST } = until
  return (row, from) => {
    const value = row[column] ?? null
    if (value === null || value === '') return new AppError('wait-time-missing', { column })
    const said = read(value)
    if (!said) return new AppError('wait-time-unusable', { column })
    const at = inColumn(said, until, zone)
    if (at <= from) return until.past === 'leave' ? { port: 'past' } : { until: from }
    if (at <= from + longest * MINUTE) return { until: at }
    return new AppError('wait-too-long', { until: new Date(at).toISOString(), days: Math.round(longest / DAY_MINUTES) })
  }
}

/** Columns that may say when. */
export const saysWhen = ({ type }: Pick<Column, 'type'>): boolean =>
  type === 'date' || type === 'datetime' || type === 'instant' || type === 'text'
