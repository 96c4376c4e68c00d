import { dayOf } from '#schemas/time-zone.ts'
import { daysBefore, isDay } from './sums.ts'

/** Days of the workspace's zone, both ends included. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

/** Ready-made ranges that end today, by how many days they have. */
export const PRESETS = { week: 7, month: 30, quarter: 90 } as const
export type Preset = keyof typeof PRESETS

/** The server adds up at most so many days at once. */
const MOST_DAYS = 400

/** Today in a zone, as YYYY-MM-DD. */
export const todayIn = (zone: string, now: Date): string => dayOf(now.getTime(), zone)

/** A ready-made range. */
export const presetRange = (preset: Preset, today: string): DayRange => ({
  from: daysBefore(today, PRESETS[preset] - 1),
  to: today,
})

/** What the address asks for; without it the last 30 days. */
export function rangeOf(search: { from?: string; to?: string }, today: string): DayRange {
  const usual = presetRange('month', today)
  return isDay(search.from) && isDay(search.to) ? { from: search.from, to: search.to } : usual
}

/** The ready-made range that this one is; null: a person chose its days. */
export function presetOf({ from, to }: DayRange, today: string): Preset | null {
  if (to !== today) return null
  // The keys are those of the record.
  return (Object.keys(PRESETS) as Preset[]).find((preset) => presetRange(preset, today).from === from) ?? null
}

/** Why these days cannot be added up; null: they can. */
export function faultOf({ from, to }: DayRange): 'order' | 'long' | null {
  if (from > to) return 'order'
  return from < daysBefore(to, MOST_DAYS - 1) ? 'long' : null
}
