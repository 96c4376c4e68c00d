import { wallOf } from './time-zone.ts'

const MINUTE = 60_000
const DAY = 86_400_000

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
