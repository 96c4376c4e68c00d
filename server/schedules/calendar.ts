import { createTask } from 'node-cron'
import { wallOf } from '#schemas/time-zone.ts'
import { instantOf } from '#schemas/wall-time.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const MINUTE = 60_000
/** Beyond this nothing is looked for: 29 February comes every eight years at the most (1896, 1904; 2096, 2104). */
const HORIZON_DAYS = 3000

export interface Recurrence {
  /** Five fields: minute hour day month weekday. */
  readonly cron: string
  /** IANA name of the zone whose wall clock counts. */
  readonly timezone: string
}

// node-cron knows what an expression means, but only from the present moment on and by its own rule for changing clocks. So it is asked
// about a wall clock that never changes (UTC), one part at a time: days, then hours, then minutes.
function asking<T>(cron: string, ask: (matches: (wall: number) => boolean) => T): T {
  const task = createTask(cron, () => undefined, { timezone: 'UTC' })
  try {
    return ask((wall) => task.match(new Date(wall)))
  } finally {
    // node-cron keeps every task that was made until it is destroyed.
    void task.destroy()
  }
}

function places(cron: string, count: number, step: number): number[] {
  return asking(cron, (matches) => Array.from({ length: count }, (_, place) => place * step).filter(matches))
}

/** Times of a day (ms since its midnight), and an expression that only days match. */
function partsOf(cron: string): { times: number[]; days: string } {
  const [minute = '', hour = '', ...date] = cron.trim().split(/\s+/)
  const hours = places(`0 ${hour} * * *`, 24, HOUR)
  const minutes = places(`${minute} * * * *`, 60, MINUTE)
  return { times: hours.flatMap((at) => minutes.map((more) => at + more)), days: `0 0 ${date.join(' ')}` }
}

/** Times of one day of the recurrence's zone. */
export interface DayOfFires {
  /** The first ones, as many as were asked for. */
  readonly first: readonly Date[]
  /** All of them. */
  readonly count: number
}

/** The times after `after` and before `until`, day by day; of each only the first `most`, since a day may have 1,440. */
export function firesByDay(
  { cron, timezone }: Recurrence,
  { after, until, most }: { after: Date; until: Date; most: number },
): DayOfFires[] {
  const { times, days } = partsOf(cron)
  return asking(days, (isDay) => {
    const found: DayOfFires[] = []
    let last = after.getTime()
    const today = Math.floor(wallOf(last, timezone) / DAY) * DAY
    for (let day = today; instantOf(day, timezone) < until.getTime(); day += DAY) {
      if (!isDay(day)) continue
      // Of today only what is left of it counts.
      const left = day === today ? times.filter((time) => instantOf(day + time, timezone) > last) : times
      const first: Date[] = []
      for (const time of left) {
        if (first.length === most) break
        const instant = instantOf(day + time, timezone)
        if (instant > last && instant < until.getTime()) first.push(new Date(instant))
        last = Math.max(last, instant)
      }
      if (first.length > 0) found.push({ first, count: Math.max(first.length, left.length) })
    }
    return found
  })
}

/**
 * The next `count` times after `after`, strictly. A wall time that comes twice (clocks go back) counts once, the first time; one that
 * does not exist (clocks go forward) counts at the first minute that does. Fewer than asked for, or none: it never happens again.
 * @param recurrence must be a valid expression (`checkRecurrence`)
 */
export function nextFires({ cron, timezone }: Recurrence, after: Date, count: number): Date[] {
  const { times, days } = partsOf(cron)
  return asking(days, (isDay) => {
    const found: Date[] = []
    let last = after.getTime()
    const today = Math.floor(wallOf(last, timezone) / DAY) * DAY
    for (let day = today; day < today + HORIZON_DAYS * DAY; day += DAY) {
      if (!isDay(day)) continue
      for (const time of times) {
        const instant = instantOf(day + time, timezone)
        if (instant <= last) continue
        last = instant
        if (found.push(new Date(instant)) === count) return found
      }
    }
    return found
  })
}

/** The next time after `after`, or null: never. */
export function nextFire(recurrence: Recurrence, after: Date): Date | null {
  return nextFires(recurrence, after, 1)[0] ?? null
}
