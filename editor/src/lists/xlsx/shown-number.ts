/** Formats that spreadsheets know by number alone and that show a moment; 27–36 and 50–58 are those of East Asia. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

const BUILT_IN: Readonly<Record<number, string>> = { 1: '0', 2: '0.00', 3: '#,##0', 4: '#,##0.00', 9: '0%', 10: '0.00%' }

/** How a cell's number is shown: as a moment, or by a code like `#,##0"원"`. */
export type NumberFormat = { readonly kind: 'moment' } | { readonly kind: 'code'; readonly code: string }

/** The format of this number; `code` where the file brings its own. */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) return isBuiltInDate(id) ? { kind: 'moment' } : { kind: 'code', code: BUILT_IN[id] ?? 'General' }
  // Letters within quotes, after a backslash and in brackets (colours, locales) show themselves and mean nothing.
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return /[ymdhs]/i.test(bare) && !/general/i.test(bare) ? { kind: 'moment' } : { kind: 'code', code }
}

const two = (value: number): string => String(value).padStart(2, '0')

/** The day, and the time where it has one, of a spreadsheet's count of days. */
export function momentOf(serial: number, is1904: boolean): string {
  // Day 60 of Excel is 29 February 1900, which never was: the days before it are one off.
  const days = is1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const seconds = Math.round(days * 86_400)
  const moment = new Date(Date.UTC(1899, 11, 30) + seconds * 1000)
  const time = `${two(moment.getUTCHours())}:${two(moment.getUTCMinutes())}`
  if (serial >= 0 && serial < 1) return time
  const day = `${String(moment.getUTCFullYear()).padStart(4, '0')}-${two(moment.getUTCMonth() + 1)}-${two(moment.getUTCDate())}`
  return seconds % 86_400 === 0 ? day : `${day} ${time}`
}

const DIGITS = /^([^#0?]*)((?:#,##)?0+)(?:\.(0+))?(%?)([^#0?]*)$/

/** A number as the sheet shows it, for the formats that people use: grouping, decimals, percent, leading zeros, words around. */
export function shownNumber(value: number, format: NumberFormat, is1904: boolean): string {
  if (format.kind === 'moment') return momentOf(value, is1904)
  const first = (format.code.split(';')[0] ?? '').replace(/\[[^\]]*\]|_.|\*./g, '').replace(/"([^"]*)"|\\(.)/g, '$1$2')
  const found = DIGITS.exec(first)
  if (found === null) return String(value)
  const [, before = '', digits = '', decimals = '', percent = '', after = ''] = found
  const size = new Intl.NumberFormat('en-US', {
    useGrouping: digits.startsWith('#,'),
    minimumIntegerDigits: Math.min(21, digits.replace('#,##', '').length),
    minimumFractionDigits: decimals.length,
    maximumFractionDigits: decimals.length,
  }).format(percent === '%' ? value * 100 : value)
  return `${before}${size}${percent}${after}`.trim()
}
