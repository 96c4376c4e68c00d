/** The plans that have a friendly form. Everything else is `custom`. */
export type CronPlan =
  | { readonly kind: 'hourly'; readonly minute: number }
  | { readonly kind: 'daily'; readonly time: string }
  | { readonly kind: 'weekly'; readonly time: string; readonly weekdays: readonly number[] }
  | { readonly kind: 'monthly'; readonly time: string; readonly day: number }
  | { readonly kind: 'lastDay'; readonly time: string }
  | { readonly kind: 'custom' }

const two = (number: number) => String(number).padStart(2, '0')

/** A star, L, or a number of the range. */
const within = (text: string, least: number, most: number) =>
  Number.isNaN(Number(text)) || (Number(text) >= least && Number(text) <= most)

/** The friendly form of an expression. */
export function planOf(cron: string): CronPlan {
  const match = /^(\d+) (\*|\d+) (\*|\d+|L) \* (\*|[0-7](?:,[0-7])*|1-5)$/.exec(cron.trim().replace(/\s+/g, ' '))
  if (match === null) return { kind: 'custom' }
  const [, minute = '0', hour = '*', day = '*', weekday = '*'] = match
  if (!within(minute, 0, 59) || !within(hour, 0, 23) || !within(day, 1, 31)) return { kind: 'custom' }
  if (hour === '*') return day === '*' && weekday === '*' ? { kind: 'hourly', minute: Number(minute) } : { kind: 'custom' }
  const time = `${two(Number(hour))}:${two(Number(minute))}`
  if (day === '*' && weekday === '*') return { kind: 'daily', time }
  if (day === 'L') return weekday === '*' ? { kind: 'lastDay', time } : { kind: 'custom' }
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
  if (plan.kind === 'lastDay') return `${clock} L * *`
  if (plan.kind === 'monthly') return `${clock} ${plan.day} * *`
  const days = plan.weekdays.length === 0 ? [1] : plan.weekdays.toSorted((a, b) => a - b)
  return `${clock} * * ${days.join(',')}`
}
