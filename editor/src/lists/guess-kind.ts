import { normalizePhone } from '#schemas/phone.ts'
import type { ListKind } from '#schemas/list.ts'
import { typedCell } from './typed-cell.ts'

export type KindReason =
  | 'phones'
  | 'phones-by-header'
  | 'emails'
  | 'day-serials'
  | 'dates'
  | 'numbers'
  | 'yes-no'
  | 'as-shown'
  | 'empty'

/** What a column seems to be, and why. */
interface KindGuess {
  readonly kind: ListKind
  readonly reason: KindReason
}

export const PHONE_HEADER = /휴대|핸드폰|연락처|전화|폰\s*번호|phone|mobile|cell|^h\.?p\.?$|^tel/i
const OPT_OUT_HEADER = /수신\s*거부|거부\s*(?:여부|일)|opt[\s_-]*out|unsubscribe/i
const DATE_HEADER = /날짜|일자|일시|생일|기한|만료|예정일|가입일|방문일|결제일|일$|date|day$|due|birth/i

const share = (values: readonly string[], fits: (value: string) => boolean): number =>
  values.filter(fits).length / Math.max(1, values.length)

const isMobile = (value: string): boolean => normalizePhone(value)?.class === 'mobile'
const isLost = (value: string): boolean => typedCell(value, 'phone').problem === 'phone-lost-digits'

/** Whole numbers whose digits would stay what they are: no first 0, none that Excel has rounded. */
const isPlainNumber = (value: string): boolean => /^-?(?:0|[1-9]\d{0,14})$/.test(value)
const isPlainDecimal = (value: string): boolean => /^-?(?:0|[1-9]\d{0,9})(?:\.\d{0,5}[1-9])?$/.test(value)
const isPlainDate = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value) && typedCell(value, 'date').problem === null

/**
 * What the values of a column are. What the sheet shows is what goes out: a kind is guessed only where it changes no letter of what a
 * person sees (phone numbers and days that a spreadsheet has broken are mended); else it is text, and she may say more.
 */
export function guessKind(header: string, cells: readonly string[]): KindGuess {
  const values = cells.map((cell) => cell.trim()).filter((value) => value !== '')
  if (values.length === 0) return { kind: 'text', reason: 'empty' }
  const phones = share(values, isMobile)
  if (phones >= 0.5) return { kind: 'phone', reason: 'phones' }
  if (PHONE_HEADER.test(header) && share(values, (value) => isLost(value) || normalizePhone(value) !== null) >= 0.5)
    return { kind: 'phone', reason: 'phones-by-header' }
  if (share(values, (value) => typedCell(value, 'email').problem === null) >= 0.5) return { kind: 'email', reason: 'emails' }
  if (OPT_OUT_HEADER.test(header) && values.every((value) => typedCell(value, 'boolean').problem === null))
    return { kind: 'boolean', reason: 'yes-no' }
  const areSerials = values.every((value) => /^\d{5}$/.test(value) && typedCell(value, 'date').problem === null)
  if (areSerials && DATE_HEADER.test(header)) return { kind: 'date', reason: 'day-serials' }
  if (values.every(isPlainDate)) return { kind: 'date', reason: 'dates' }
  if (values.every(isPlainNumber)) return { kind: 'integer', reason: 'numbers' }
  if (values.every(isPlainDecimal)) return { kind: 'decimal', reason: 'numbers' }
  return { kind: 'text', reason: 'as-shown' }
}

/** Does this column say who wants no more messages? Yes or no, a day, or one mark at those who do not. */
export function saysOptOut({ label, kind }: { label: string; kind: ListKind }, cells: readonly string[]): boolean {
  const isClear = kind === 'boolean' || kind === 'date' || kind === 'datetime'
  return (
    OPT_OUT_HEADER.test(label) && (isClear || new Set(cells.map((cell) => cell.trim()).filter((cell) => cell !== '')).size === 1)
  )
}
