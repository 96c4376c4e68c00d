import type { FailureClass, Report } from '#runtime/sdk/index.ts'

/** What a provider answered to the question for reports, as it may be used. */
export interface CheckedAnswer {
  readonly reports: readonly Report[]
  readonly cursor: string | null
  readonly done: boolean
  /** Entries that could not be read: skipped, so that one of them does not keep back all others. */
  readonly unreadable: number
}

/** Nothing was reported before this, whatever a vendor's clock says. */
const EARLIEST = Date.UTC(2000, 0, 1)
/** A vendor's clock may be so far ahead of ours. */
const AHEAD_MS = 86_400_000

const CLASSES: ReadonlySet<unknown> = new Set<FailureClass>([
  'temporary',
  'unknown',
  'recipient',
  'content',
  'opted-out',
  'configuration',
])

/**
 * Reads an answer field by field: it is made by somebody's server out of somebody else's, and a report that cannot be stored would be asked
 * for again and again. A time that is none becomes `now` (ms since 1970); without message or known state a report says nothing.
 */
export function checkedAnswer(answer: unknown, now: number): CheckedAnswer {
  const { reports: list, cursor, done } = isObject(answer) ? answer : {}
  const entries: unknown[] = Array.isArray(list) ? list : []
  const reports = entries.flatMap((entry) => checkedReport(entry, now) ?? [])
  return {
    reports,
    cursor: textOf(cursor),
    done: done === true,
    unreadable: entries.length - reports.length + (Array.isArray(list) ? 0 : 1),
  }
}

function checkedReport(entry: unknown, now: number): Report | null {
  if (!isObject(entry)) return null
  const key = textOf(entry['key'])
  const providerId = textOf(entry['providerId'])
  const state = entry['state']
  if ((key === null && providerId === null) || (state !== 'delivered' && state !== 'failed')) return null
  const failure = entry['class']
  return {
    key,
    providerId,
    state,
    code: textOf(entry['code']),
    detail: textOf(entry['detail']),
    // Out of the list it was found in.
    class: CLASSES.has(failure) ? (failure as FailureClass) : null,
    at: timeOf(entry['at'], now),
  }
}

function timeOf(value: unknown, now: number): string {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return new Date(at >= EARLIEST && at <= now + AHEAD_MS ? at : now).toISOString()
}

/** A text that PostgreSQL can keep (no NUL); vendors send codes as numbers as well. */
function textOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== '' ? text.replaceAll('\0', '') : null
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
