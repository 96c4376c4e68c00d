const MONTH = 2 ** 32

/** Months since 2020-01, UTC: the high half of a run number. */
export function monthOf(date: Date): number {
  return (date.getUTCFullYear() - 2020) * 12 + date.getUTCMonth()
}

/** `month << 32 | sequence`: below 2^53 until the year 176,000, so a plain number carries it. */
export function makeRunNo(startedAt: Date, sequence: number): number {
  return monthOf(startedAt) * MONTH + sequence
}

/** Bounds of a month's run numbers, the upper one excluded, and the name of its partitions. */
export function monthRange(month: number): { from: number; to: number; name: string } {
  const year = 2020 + Math.floor(month / 12)
  return { from: month * MONTH, to: (month + 1) * MONTH, name: `${year}_${String((month % 12) + 1).padStart(2, '0')}` }
}

/** The first moment of a month, UTC. */
export function monthStart(month: number): Date {
  return new Date(Date.UTC(2020, month, 1))
}
