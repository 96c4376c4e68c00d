import { AppError } from '#runtime/sdk/index.ts'

/** Midnight of a day (YYYY-MM-DD) as if its zone were UTC, ms since 1970. @throws AppError `invalid-request`: no calendar has it */
export function dayTime(day: string): number {
  const time = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day)
    throw new AppError('invalid-request', { detail: day })
  return time
}
