import type { ValueType } from '#schemas/column.ts'
import { normalizePhone, writtenPhone } from '#schemas/phone.ts'
import type { Value } from '#runtime/sdk/rows.ts'
import { formatDate } from './format-date.ts'

/** How a value becomes text. `pattern` adds words around it: `{value}건`; dates take a date pattern (format-date.ts) first. */
export interface Format {
  readonly kind: FormatKind
  readonly locale: 'ko' | 'en'
  /** Digits after the point, for number and currency; undefined: as many as there are (number), the currency's own (currency). */
  readonly decimals?: number | undefined
  /** ISO 4217, for currency. Default KRW. */
  readonly currency?: string | undefined
  /** A date pattern such as `M월 d일`. */
  readonly pattern?: string | undefined
  /** Text around the value; `{value}` stands for it: `{value}건`, `약 {value}원`. */
  readonly wrap?: string | undefined
}

export type FormatKind = 'text' | 'number' | 'currency' | 'date' | 'phone'

const FITS: Readonly<Record<FormatKind, readonly ValueType[]>> = {
  text: ['text', 'boolean', 'json', 'bytes', 'integer', 'decimal', 'date', 'time', 'datetime', 'instant'],
  number: ['integer', 'decimal', 'text'],
  currency: ['integer', 'decimal', 'text'],
  date: ['date', 'time', 'datetime', 'instant', 'text'],
  phone: ['text', 'integer'],
}

/** Which formats can show a type at all; a text column may hold anything and is judged value by value. */
export function formatFits(kind: FormatKind, type: ValueType): boolean {
  return FITS[kind].includes(type)
}

const NUMERIC = /^[+-]?\d{1,60}(\.\d{1,60})?$/
const numberFormats = new Map<string, Intl.NumberFormat>()

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  let format = numberFormats.get(key)
  if (!format) numberFormats.set(key, (format = new Intl.NumberFormat(locale, options)))
  return format
}

/** Digits of a value, never by way of a double: 9007199254740993 and 0.10 keep each digit. Null: not a plain number. */
function digitsOf(value: Value): string | null {
  const text = typeof value === 'number' ? plainNumber(value) : typeof value === 'string' ? value.trim() : null
  return text !== null && NUMERIC.test(text) ? text : null
}

function plainNumber(value: number): string | null {
  if (!Number.isFinite(value)) return null
  const text = String(value)
  return text.includes('e') ? value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 }) : text
}

function formatNumber(value: Value, format: Format): string | null {
  const digits = digitsOf(value)
  if (digits === null) return null
  const fraction = digits.split('.')[1]?.length ?? 0
  const decimals = format.decimals ?? fraction
  const options: Intl.NumberFormatOptions = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  // Intl takes digit strings and keeps them exact; its TypeScript type asks for a literal that says so.
  return numberFormat(format.locale, options).format(digits as Intl.StringNumericLiteral)
}

function formatCurrency(value: Value, format: Format): string | null {
  const digits = digitsOf(value)
  if (digits === null) return null
  const currency = format.currency ?? 'KRW'
  if (format.locale === 'ko' && currency === 'KRW') {
    const number = formatNumber(value, { ...format, decimals: format.decimals ?? 0 })
    return number === null ? null : `${number}원`
  }
  const options: Intl.NumberFormatOptions = {
    style: 'currency',
    currency,
    ...(format.decimals !== undefined && { minimumFractionDigits: format.decimals, maximumFractionDigits: format.decimals }),
  }
  return numberFormat(format.locale, options).format(digits as Intl.StringNumericLiteral)
}

function formatPhone(value: Value): string | null {
  const phone = typeof value === 'string' || typeof value === 'number' ? normalizePhone(String(value)) : null
  return phone && writtenPhone(phone)
}

function plainText(value: Value): string {
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/**
 * The text of a value. `null` and empty text are the caller's business: they never come here.
 * @param timezone IANA zone in which instants are shown
 * @returns null where the value does not fit the format (letters as a number, a date that is none)
 */
export function formatValue(value: Value, format: Format, source: { type: ValueType; timezone: string }): string | null {
  let text: string | null
  if (format.kind === 'number') text = formatNumber(value, format)
  else if (format.kind === 'currency') text = formatCurrency(value, format)
  else if (format.kind === 'phone') text = formatPhone(value)
  else if (format.kind === 'date') text = formatDate(value, format, source)
  else text = plainText(value)
  if (text === null || !format.wrap) return text
  const [before = '', ...after] = format.wrap.split('{value}')
  return before + text + after.join('{value}')
}
