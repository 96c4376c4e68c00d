import type { Column } from '#schemas/column.ts'

/** `010-1234-3312` → `010-****-3312`: the last four digits stay, and what tells the network. Too short to mask usefully: all stars. */
export function maskPhone(text: string): string {
  const digits = text.replace(/\D/g, '')
  if (digits.length < 8) return '*'.repeat(Math.max(digits.length, 4))
  const isAbroad = text.trim().startsWith('+') || digits.startsWith('82')
  const local = isAbroad && digits.startsWith('82') ? `0${digits.slice(2).replace(/^0/, '')}` : digits
  const head = local.startsWith('02') ? 2 : 3
  return `${local.slice(0, head)}-****-${local.slice(-4)}`
}

/** `kim@shop.kr` → `k***@shop.kr`. */
export function maskEmail(text: string): string {
  const at = text.lastIndexOf('@')
  if (at < 1) return '***'
  return `${String.fromCodePoint(text.codePointAt(0) ?? 42)}***${text.slice(at)}`
}

/** `김민수` → `김**`, `Kim Min-su` → `K** M*****`: the first letter of each word stays. */
export function maskName(text: string): string {
  return text
    .normalize('NFC')
    .split(/(\s+)/)
    .map((word) => (/^\s*$/.test(word) ? word : Array.from(word, (letter, index) => (index === 0 ? letter : '*')).join('')))
    .join('')
}

/** An address of any channel: what has an @ is masked as e-mail, what is mostly digits as a number, the rest keeps its first four letters. */
export function maskAddress(text: string): string {
  if (text.includes('@')) return maskEmail(text)
  if (/^[\s\d+().-]+$/.test(text)) return maskPhone(text)
  return text.length <= 8 ? '****' : `${text.slice(0, 4)}****`
}

/**
 * A value as people may see it who look at lists and previews: masked where its column is personal. Null stays null (it is a fact of
 * its own), texts are masked by their look, other values as a whole.
 */
export function maskValue(column: Pick<Column, 'personal' | 'type'>, value: unknown): unknown {
  if (!column.personal || value === null || value === undefined || value === '') return value ?? null
  if (typeof value === 'number') return maskText(String(value))
  if (typeof value === 'string') return column.type === 'date' ? `${value.slice(0, 4)}-**-**` : maskText(value)
  return '***'
}

function maskText(text: string): string {
  if (text.includes('@') || /^[\s\d+().-]{7,}$/.test(text)) return maskAddress(text)
  return maskName(text)
}
