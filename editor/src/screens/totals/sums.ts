import type { DayTotal } from '#schemas/api/totals.ts'

/** Parts of a bar, in its order: what reached people, what was accepted, what nobody knows, what failed. */
export const TOTAL_PARTS = ['delivered', 'converted', 'sent', 'unconfirmed', 'failed'] as const
export type TotalPart = (typeof TOTAL_PARTS)[number]

/** Messages of one row of a table. */
export interface TotalLine {
  readonly key: string
  readonly counts: Readonly<Record<TotalPart, number>>
  /** Everything that was to go out: the sum of `counts`. */
  readonly messages: number
  /** Left out by a step. */
  readonly skipped: number
  /** In won, by the prices of today; null: no price is known, or nothing costs anything (the sandbox). */
  readonly cost: number | null
}

/** Adds items into lines by what `keyOf` says; lines come in the order in which their first item does. */
export function linesBy(items: readonly DayTotal[], keyOf: (item: DayTotal) => string): TotalLine[] {
  return [...Map.groupBy(items, keyOf)].map(([key, group]) => lineOf(key, group))
}

/** All items as one line. */
export function lineOf(key: string, items: readonly DayTotal[]): TotalLine {
  const of = (field: TotalPart | 'skipped') => items.reduce((sum, item) => sum + item[field], 0)
  const counts = {
    delivered: of('delivered'),
    converted: of('converted'),
    sent: of('sent'),
    unconfirmed: of('unconfirmed'),
    failed: of('failed'),
  }
  const cost = items.reduce((sum, item) => sum + Number(item.cost?.amount ?? 0), 0)
  return {
    key,
    counts,
    messages: TOTAL_PARTS.reduce((sum, part) => sum + counts[part], 0),
    skipped: of('skipped'),
    cost: cost > 0 ? cost : null,
  }
}

/** Every day from one to the other, newest first, also those on which nothing went out: a gap is news. */
export function daysOf({ from, to }: { from: string; to: string }): string[] {
  const days: string[] = []
  const first = Date.parse(`${from}T00:00:00Z`)
  for (let at = Date.parse(`${to}T00:00:00Z`); at >= first; at -= 86_400_000) days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

/** The day so many days before. */
export function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10)
}

/** Whether a text from an address bar or a field is a day. */
export function isDay(text: string | undefined): text is string {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
