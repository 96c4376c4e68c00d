import type { ValueType } from '#schemas/column.ts'
import type { Localized } from '#schemas/localized.ts'
import type { Json, PayloadColumn, Row, Value } from '#runtime/sdk/index.ts'

/** What is wrong with one value of a payload. */
export interface PayloadFault {
  /** Place in the payload, names joined by `/`. */
  readonly path: string
  readonly code: 'required' | 'type' | 'format'
  readonly message: Localized
}

/** A payload as the row that it becomes, or what is wrong with it. */
export type ReadPayload = { readonly row: Row } | { readonly faults: readonly PayloadFault[] }

const MISSING: Localized = { en: 'This value is missing.', ko: '이 값이 빠졌어요.' }
const UNFIT: Readonly<Record<ValueType, Localized>> = {
  text: { en: 'This must be a text.', ko: '글자여야 해요.' },
  boolean: { en: 'This must be true or false.', ko: 'true나 false여야 해요.' },
  json: { en: 'This cannot be stored.', ko: '저장할 수 없는 값이에요.' },
  bytes: { en: 'This must be base64.', ko: 'base64여야 해요.' },
  integer: { en: 'This must be a whole number.', ko: '정수여야 해요.' },
  decimal: { en: 'This must be a number.', ko: '숫자여야 해요.' },
  date: { en: 'This must be a date such as 2026-01-31.', ko: '2026-01-31 같은 날짜여야 해요.' },
  time: { en: 'This must be a time such as 09:30:00.', ko: '09:30:00 같은 시각이어야 해요.' },
  datetime: {
    en: 'This must be a date and time such as 2026-01-31T09:30:00.',
    ko: '2026-01-31T09:30:00 같은 날짜와 시각이어야 해요.',
  },
  instant: {
    en: 'This must be a moment with its zone, such as 2026-01-31T09:30:00+09:00.',
    ko: '2026-01-31T09:30:00+09:00처럼 시간대가 붙은 시각이어야 해요.',
  },
}

/** Reads payloads by the declared columns. What is not declared is left behind: events carry more than one workflow needs. Pure. */
export function payloadReader(columns: readonly PayloadColumn[]): (payload: Readonly<Record<string, Json>>) => ReadPayload {
  const ways = columns.map((column) => ({ ...column, steps: column.path.split('.') }))
  return (payload) => {
    const row: Record<string, Value> = {}
    const faults: PayloadFault[] = []
    for (const { name, type, required, steps } of ways) {
      const given = valueAt(payload, steps)
      const value = given === null ? null : (fit[type](given) ?? null)
      row[name] = value
      if (value !== null || (given === null && !required)) continue
      const path = steps.join('/')
      if (given === null) faults.push({ path, code: 'required', message: MISSING })
      else faults.push({ path, code: typeof given === 'string' ? 'format' : 'type', message: UNFIT[type] })
    }
    return faults.length > 0 ? { faults } : { row }
  }
}

function valueAt(payload: Json, steps: readonly string[]): Json {
  let at: Json = payload
  for (const step of steps) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, step)) return null
    // An object that is no array: its keys are names.
    at = (at as { readonly [key: string]: Json })[step] ?? null
  }
  return at
}

/** A value in the form of its type; undefined: it does not fit. Numbers may come as digits in quotes: many systems write them so. */
const fit: Readonly<Record<ValueType, (value: Json) => Value | undefined>> = {
  text: (value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  json: (value) => value,
  bytes: (value) => (typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? value : undefined),
  integer: (value) => {
    const number = numberOf(value)
    return Number.isSafeInteger(number) ? number : undefined
  },
  decimal: numberOf,
  date: (value) => matching(value, /^\d{4}-\d{2}-\d{2}$/),
  time: (value) => (typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$/.test(value) ? value : undefined),
  datetime: (value) => matching(value, /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/),
  instant: (value) => instantOf(value) ?? undefined,
}

function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value.trim())) return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** A day that exists (no 31st of February), in the text's own form. */
function matching(value: Json, form: RegExp): string | undefined {
  if (typeof value !== 'string' || !form.test(value)) return undefined
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`)
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value.slice(0, 10))
  return isDay && !Number.isNaN(Date.parse(value.replace(' ', 'T'))) ? value : undefined
}

/** A moment as ISO text in UTC; null: it is none, or says no zone. */
export function instantOf(value: Json): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value))
    return null
  if (matching(value.slice(0, 10), /^/) === undefined) return null
  const at = Date.parse(value.replace(' ', 'T'))
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
