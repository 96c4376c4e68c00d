/**
 * First day of the oldest month whose runs keep their people, in the UTC calendar that the tables are divided by: they stay `keepMonths` whole
 * months after the month of their start (docs/retention.md).
 */
export function firstKept(now: Date, keepMonths: number): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - keepMonths, 1))
}

/** The day on which the people of a run that starts now are deleted, as `personalData.keptUntil` of that run will say it. */
export function deletedOn(now: Date, keepMonths: number): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + keepMonths + 1, 1))
}
