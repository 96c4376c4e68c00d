import { wallOf } from '#schemas/time-zone.ts'

/** Five fields of cron as sets of numbers; `days`/`weekdays` null: every one. */
interface CronSets {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly days: ReadonlySet<number> | null
  readonly months: ReadonlySet<number>
  readonly weekdays: ReadonlySet<number> | null
}

function rangeOf(from: number, to: number, step: number): number[] {
  const list: number[] = []
  for (let number = from; number <= to; number += step) list.push(number)
  return list
}

/** A star, a number, a range, a step over either, or a list of these: null if it is none of them. */
function setOf(text: string, min: number, max: number): ReadonlySet<number> | null {
  const set = new Set<number>()
  for (const part of text.split(',')) {
    const match = /^(?:(\*)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part)
    if (match === null) return null
    const step = match[4] === undefined ? 1 : Number(match[4])
    const from = match[1] === undefined ? Number(match[2]) : min
    const to = match[1] !== undefined ? max : match[3] !== undefined ? Number(match[3]) : match[4] === undefined ? from : max
    if (step < 1 || from < min || to > max || from > to) return null
    for (const number of rangeOf(from, to, step)) set.add(number)
  }
  return set
}

export function parseCron(cron: string): CronSets | null {
  const [minute, hour, day, month, weekday, ...more] = cron.trim().split(/\s+/)
  if (
    minute === undefined ||
    hour === undefined ||
    day === undefined ||
    month === undefined ||
    weekday === undefined ||
    more.length > 0
  )
    return null
  const minutes = setOf(minute, 0, 59)
  const hours = setOf(hour, 0, 23)
  const days = setOf(day, 1, 31)
  const months = setOf(month, 1, 12)
  const rawWeekdays = setOf(weekday, 0, 7)
  if (minutes === null || hours === null || days === null || months === null || rawWeekdays === null) return null
  const weekdays = new Set([...rawWeekdays].map((number) => number % 7))
  return { minutes, hours, days: day === '*' ? null : days, months, weekdays: weekday === '*' ? null : weekdays }
}

/** Both given: either one is enough, as cron has always had it. */
function dayFits(sets: CronSets, day: number, weekday: number): boolean {
  if (sets.days === null && sets.weekdays === null) return true
  if (sets.days === null) return sets.weekdays?.has(weekday) ?? true
  if (sets.weekdays === null) return sets.days.has(day)
  return sets.days.has(day) || sets.weekdays.has(weekday)
}

/** Milliseconds that wall time in a zone is ahead of UTC at an instant. */
function offsetAt(instant: number, zone: string): number {
  return wallOf(instant, zone) - Math.floor(instant / 1000) * 1000
}

/** The instant of a wall time in a zone; null where the clock skips it. `wall` counts as if the zone were UTC. */
function instantOf(wall: number, zone: string): number | null {
  const guess = wall - offsetAt(wall, zone)
  const instant = wall - offsetAt(guess, zone)
  return instant + offsetAt(instant, zone) === wall ? instant : null
}

const DAY = 86_400_000

/** The next times a cron expression fires after `from`, as instants (milliseconds). Empty for an expression that cannot be read. */
export function nextRuns(cron: string, zone: string, { from, count }: { from: number; count: number }): number[] {
  const sets = parseCron(cron)
  if (sets === null) return []
  const runs: number[] = []
  const firstDay = Math.floor((from + offsetAt(from, zone)) / DAY) * DAY
  // Four years and a day: the 29th of February comes within them.
  for (let day = firstDay; day < firstDay + 1462 * DAY && runs.length < count; day += DAY) {
    const date = new Date(day)
    if (!sets.months.has(date.getUTCMonth() + 1) || !dayFits(sets, date.getUTCDate(), date.getUTCDay())) continue
    for (const hour of [...sets.hours].toSorted((a, b) => a - b)) {
      for (const minute of [...sets.minutes].toSorted((a, b) => a - b)) {
        const instant = instantOf(day + hour * 3_600_000 + minute * 60_000, zone)
        if (instant !== null && instant > from && runs.length < count) runs.push(instant)
      }
    }
  }
  return runs
}

/** The plans that have a friendly form. Everything else is `custom`. */
export type CronPlan =
  | { readonly kind: 'hourly'; readonly minute: number }
  | { readonly kind: 'daily'; readonly time: string }
  | { readonly kind: 'weekly'; readonly time: string; readonly weekdays: readonly number[] }
  | { readonly kind: 'monthly'; readonly time: string; readonly day: number }
  | { readonly kind: 'custom' }

const two = (number: number) => String(number).padStart(2, '0')

/** The friendly form of an expression. */
export function planOf(cron: string): CronPlan {
  const match = /^(\d+) (\*|\d+) (\*|\d+) \* (\*|[0-7](?:,[0-7])*|1-5)$/.exec(cron.trim().replace(/\s+/g, ' '))
  if (match === null || parseCron(cron) === null) return { kind: 'custom' }
  const [, minute = '0', hour = '*', day = '*', weekday = '*'] = match
  if (hour === '*') return day === '*' && weekday === '*' ? { kind: 'hourly', minute: Number(minute) } : { kind: 'custom' }
  const time = `${two(Number(hour))}:${two(Number(minute))}`
  if (day === '*' && weekday === '*') return { kind: 'daily', time }
  if (day !== '*') return weekday === '*' ? { kind: 'monthly', time, day: Number(day) } : { kind: 'custom' }
  const weekdays = weekday === '1-5' ? [1, 2, 3, 4, 5] : [...new Set(weekday.split(',').map((number) => Number(number) % 7))]
  return { kind: 'weekly', time, weekdays }
}

/** The expression of a friendly plan. A week without a day means Monday. */
export function cronOf(plan: Exclude<CronPlan, { kind: 'custom' }>): string {
  if (plan.kind === 'hourly') return `${plan.minute} * * * *`
  const [hour = '9', minute = '0'] = plan.time.split(':')
  const clock = `${Number(minute)} ${Number(hour)}`
  if (plan.kind === 'daily') return `${clock} * * *`
  if (plan.kind === 'monthly') return `${clock} ${plan.day} * *`
  const days = plan.weekdays.length === 0 ? [1] : plan.weekdays.toSorted((a, b) => a - b)
  return `${clock} * * ${days.join(',')}`
}
