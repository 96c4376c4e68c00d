import { daysBefore, isDay } from '../totals/sums.ts'

/** Weeks that are shown at once. */
const WEEKS = 5
/** Of them before the one of today. */
const BEFORE = 2

/** A day so many days later, as YYYY-MM-DD. */
export const daysAfter = (day: string, count: number): string => daysBefore(day, -count)

/** The Monday of the week of a day. */
export const mondayOf = (day: string): string => daysAfter(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** The first Monday that is shown: of the week that the address names, else two weeks before this one. */
export function firstShown(asked: string | undefined, today: string): string {
  return isDay(asked) ? mondayOf(asked) : daysAfter(mondayOf(today), -BEFORE * 7)
}

/** The days of the shown weeks, Monday to Sunday. */
export function weeksFrom(monday: string): string[][] {
  return Array.from({ length: WEEKS }, (_, week) => Array.from({ length: 7 }, (_one, day) => daysAfter(monday, week * 7 + day)))
}

/** A page of weeks on or back. */
export const turned = (monday: string, way: 1 | -1): string => daysAfter(monday, way * WEEKS * 7)
