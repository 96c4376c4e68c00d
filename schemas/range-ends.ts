import type { RelativeMoment } from './parameter.ts'
import type { RelativeRange } from './relative-range.ts'

/** Both ends of a range: `from` is in it, `to` is not. An end that is not there is open. */
export interface RangeEnds {
  readonly from?: RelativeMoment
  readonly to?: RelativeMoment
}

/** Does it count hours or minutes? A date cannot be asked for them. */
export const isShort = (range: RelativeRange): boolean =>
  range.in !== 'calendar' && (range.unit === 'hour' || range.unit === 'minute')

/** The day after so many units from today. Weeks are days; months and years end on the day before the same day. */
function dayAfter(count: number, unit: 'day' | 'week' | 'month' | 'year'): RelativeMoment {
  if (unit === 'month' || unit === 'year') return { from: 'day', plus: count, unit }
  return { from: 'day', plus: count * (unit === 'week' ? 7 : 1) + 1, unit: 'day' }
}

/** Where a range begins and ends. */
export function endsOf(range: RelativeRange): RangeEnds {
  if (range.in === 'calendar') {
    const { unit, plus } = range
    return { from: { from: unit, plus, unit }, to: { from: unit, plus: plus + 1, unit } }
  }
  const { in: which, count, unit } = range
  if (unit === 'hour' || unit === 'minute') {
    const ago: RelativeMoment = { from: 'now', plus: -count, unit }
    const ahead: RelativeMoment = { from: 'now', plus: count, unit }
    if (which === 'last') return { from: ago, to: { from: 'now' } }
    if (which === 'next') return { from: { from: 'now' }, to: ahead }
    return which === 'before' ? { to: ago } : { from: ahead }
  }
  const ago: RelativeMoment = { from: 'day', plus: -count, unit }
  if (which === 'last') return { from: ago, to: { from: 'day', plus: 1, unit: 'day' } }
  if (which === 'next') return { from: { from: 'day' }, to: dayAfter(count, unit) }
  return which === 'before' ? { to: ago } : { from: dayAfter(count, unit) }
}
