const dayMs = 86_400_000
/** Korea has had no summer time since 1988. */
const seoulMs = 9 * 3_600_000

/** The two days everything in the sample is counted from; the shop is in Korea. */
export interface Calendar {
  /** Monday 00:00 in Seoul of the current week, epoch ms: "last week" are the seven days before. */
  readonly monday: number
  /** Today 00:00 in Seoul, epoch ms: nothing happened after it. */
  readonly today: number
}

export function calendarOf(now: Date): Calendar {
  const today = Math.floor((now.getTime() + seoulMs) / dayMs) * dayMs - seoulMs
  const weekday = new Date(today + seoulMs).getUTCDay() // 0 is Sunday
  return { today, monday: today - ((weekday + 6) % 7) * dayMs }
}

/** ISO instant with Z, whole seconds: MySQL's TIMESTAMP keeps no more. */
export const instantAt = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** The date in Seoul at this moment: `2026-11-26`. */
export const dateAt = (ms: number): string => new Date(ms + seoulMs).toISOString().slice(0, 10)

export const days = (count: number): number => count * dayMs
export const hours = (count: number): number => count * 3_600_000
