const MINUTE = 60_000
const DAY = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timezone, format)
  return format
}

/**
 * What the clock on the wall shows at an instant, written as if it were UTC (ms): arithmetic with days and minutes is plain then.
 * Throws a RangeError for a zone that does not exist.
 */
export function wallOf(instant: number, timezone: string): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatOf(timezone).formatToParts(instant)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** The instant (ms) at which the wall clock shows `wall`: the first of two, or, where clocks jump over it, the end of the jump. */
export function instantOf(wall: number, timezone: string): number {
  // The zone's distance from UTC well before and well after; a zone changes at most once within two days.
  const [before, after] = [wall - DAY, wall + DAY].map((at) => wallOf(at, timezone) - at)
  const early = wall - (before ?? 0)
  const late = wall - (after ?? 0)
  const both = [Math.min(early, late), Math.max(early, late)]
  for (const instant of both) if (wallOf(instant, timezone) === wall) return instant
  return endOfJump(both[0] ?? wall, both[1] ?? wall, { wall, timezone })
}

/** The first minute in (from, to] at which the wall clock is beyond `wall`. */
function endOfJump(from: number, to: number, { wall, timezone }: { wall: number; timezone: string }): number {
  let [low, high] = [from, to]
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE
    if (wallOf(middle, timezone) > wall) high = middle
    else low = middle
  }
  return high
}
