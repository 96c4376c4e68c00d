import { validate } from 'node-cron'
import { AppError } from '#runtime/sdk/index.ts'
import { isTimeZone } from '#schemas/time-zone.ts'
import type { Recurrence } from './calendar.ts'

/** Refuses what is no recurrence. Seconds are refused: nobody means to send to everybody every second. @throws AppError `invalid-request` */
export function checkRecurrence({ cron, timezone }: Recurrence): Recurrence {
  const text = cron.trim()
  const fields = text.split(/\s+/)
  if (fields.length !== 5) {
    throw new AppError('invalid-request', { detail: `cron: minute hour day month weekday (5), not ${fields.length}: ${text}` })
  }
  if (!validate(text)) throw new AppError('invalid-request', { detail: `cron: ${text}` })
  if (!isTimeZone(timezone)) throw new AppError('invalid-request', { detail: `timezone: ${timezone}` })
  return { cron: text, timezone }
}
