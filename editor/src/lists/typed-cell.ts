import type { ListKind } from '#schemas/list.ts'
import { LIST_LIMITS } from '#schemas/list.ts'
import { readPhoneCell, type PhoneProblem } from './phone-cell.ts'
import { momentOf } from './xlsx/shown-number.ts'

export type CellProblem =
  | `phone-${PhoneProblem}`
  | 'not-email'
  | 'not-number'
  | 'not-date'
  | 'not-yes-no'
  | 'sheet-error'
  | 'too-long'

/** A cell as the list keeps it; null: nothing there, or nothing of its kind. */
interface TypedCell {
  readonly value: string | null
  readonly problem: CellProblem | null
}

/** What a formula shows that came to nothing. */
const SHEET_ERROR = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/

/** Days that a date of a person's list may be, as a spreadsheet counts them: 1930 to 2099. */
const isDaySerial = (days: number): boolean => Number.isInteger(days) && days >= 10_959 && days < 73_051

const two = (text: string): string => text.padStart(2, '0')

const DAY = /^(\d{4}|\d{2})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?(?:\s*\([가-힣A-Za-z]+\))?/
const TIME = /^[T\s]*(오전|오후|AM|PM)?\s*(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(AM|PM)?$/i

/** 2026-03-02 of the ways in which Korean sheets write a day, and what stands after it; null: it is none. */
function dayOf(text: string): { day: string; rest: string } | null {
  if (/^\d{5}$/.test(text) && isDaySerial(Number(text))) return { day: momentOf(Number(text), false), rest: '' }
  const found = DAY.exec(text)
  if (found === null) return null
  const [whole, year = '', month = '', date = ''] = found
  const day = `${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(date)}`
  const moment = new Date(`${day}T00:00:00Z`)
  // 31 February is a Date too, in March.
  if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== day) return null
  return { day, rest: text.slice(whole.length).trim() }
}

function timeOf(text: string): string | null {
  if (text === '') return '00:00:00'
  const [, before, hour = '', minute = '', second = '00', after] = TIME.exec(text) ?? []
  if (hour === '') return null
  const half = (before ?? after ?? '').toUpperCase()
  const isLater = half === '오후' || half === 'PM'
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (isLater ? 12 : 0)
  return hours > 23 || Number(minute) > 59 || Number(second) > 59 ? null : `${two(String(hours))}:${minute}:${second}`
}

function readDate(text: string, withTime: boolean): string | null {
  const found = dayOf(text)
  const time = found && timeOf(found.rest)
  return found === null || time === null ? null : withTime ? `${found.day}T${time}` : found.day
}

/** Digits of a number with the signs that sheets show around it: 1,200 · ₩1,200 · 1,200원. Percent would be another number. */
function readNumber(text: string, isWhole: boolean): string | null {
  const bare = text.replace(/^[₩￦$]\s*|\s*(?:원|건|개|명|점|회)$/g, '')
  const grouped = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare)
  const plain = (grouped ? bare.replaceAll(',', '') : bare).replace(/^\+/, '')
  return (isWhole ? /^-?\d{1,18}$/ : /^-?\d{1,30}(?:\.\d{1,20})?$/).test(plain) ? plain : null
}

const YES = ['true', 'y', 'yes', '예', '네', 'o', '1', '✓', 'v']
const NO = ['false', 'n', 'no', '아니오', '아니요', 'x', '0']

function readYesNo(text: string): string | null {
  const plain = text.normalize('NFKC').toLowerCase()
  return YES.includes(plain) ? 'true' : NO.includes(plain) ? 'false' : null
}

const typed = (value: string | null, problem: CellProblem): TypedCell => ({ value, problem: value === null ? problem : null })

/** Reads a cell as the kind that its column is. */
export function typedCell(cell: string, kind: ListKind): TypedCell {
  const text = cell.trim()
  if (kind !== 'phone' && text === '') return { value: null, problem: null }
  if (SHEET_ERROR.test(text)) return { value: null, problem: 'sheet-error' }
  if (text.length > LIST_LIMITS.cellCharacters) return { value: null, problem: 'too-long' }
  if (kind === 'phone') {
    const { value, problem } = readPhoneCell(text)
    return { value, problem: problem === null ? null : `phone-${problem}` }
  }
  // An address that is wrong stays as it stands, for the same reason as a phone number does.
  if (kind === 'email') return { value: text, problem: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : 'not-email' }
  if (kind === 'integer' || kind === 'decimal') return typed(readNumber(text, kind === 'integer'), 'not-number')
  if (kind === 'date' || kind === 'datetime') return typed(readDate(text, kind === 'datetime'), 'not-date')
  if (kind === 'boolean') return typed(readYesNo(text), 'not-yes-no')
  return { value: text, problem: null }
}
