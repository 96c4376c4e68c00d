/** What kind of number it is; only mobile and relay numbers can get text messages and Alimtalk for sure. */
export type PhoneClass = 'mobile' | 'seoul' | 'regional' | 'relay' | 'foreign'

export interface Phone {
  /** `+821012345678`: the identity of the number. */
  readonly e164: string
  /** What Korean providers take: `01012345678`; foreign numbers keep their E.164 form. */
  readonly local: string
  readonly class: PhoneClass
  /** The leading 0 was missing (a spreadsheet took the number for a figure) and was put back. */
  readonly restored: boolean
}

// Patterns over local digits, section "Phone-number normalisation" of the provider facts (KISA numbering plan).
const MOBILE = /^(?:010\d{8}|01[16789]\d{7,8})$/
const PATTERNS: readonly [PhoneClass, RegExp][] = [
  ['mobile', MOBILE],
  ['seoul', /^02\d{7,8}$/],
  ['regional', /^0(3[1-3]|4[1-4]|5[1-5]|6[1-4]|70)\d{7,8}$/],
  ['relay', /^0(50\d|30\d?)\d{7,8}$/],
]

const LOST_ZERO = /^(10\d{8}|1[16789]\d{7,8})$/

function classify(local: string): PhoneClass | null {
  return PATTERNS.find(([, pattern]) => pattern.test(local))?.[0] ?? null
}

function korean(local: string, restored: boolean): Phone | null {
  const found = classify(local)
  return found && { e164: `+82${local.slice(1)}`, local, class: found, restored }
}

/** Letters that nobody sees: phones and browsers put marks of direction, soft hyphens and spaces of no width around what they copy. */
const withoutInvisible = (text: string): string => text.replace(/\p{Cf}/gu, '')

/**
 * Reads a phone number as people write it: full-width digits, spaces, `-`, `.`, brackets, `+82`, `0082`, `(0)`.
 * A Korean mobile number without its first 0 is restored. Scientific notation has lost digits and is refused, as is anything else
 * that is no number of the plan.
 * @returns null when it cannot be a number
 */
export function normalizePhone(text: string): Phone | null {
  // As nearly every database has them: a run asks this for each of a million rows.
  if (MOBILE.test(text)) return { e164: `+82${text.slice(1)}`, local: text, class: 'mobile', restored: false }
  const plain = withoutInvisible(text).normalize('NFKC').trim()
  if (/[^\d\s\-.()+‐-―]/.test(plain)) return null
  const compact = plain.replace(/[\s\-.‐-―]/g, '')
  if (/\+/.test(compact.slice(1))) return null
  const international = /^(?:\+|00)/.test(compact)
  const digits = compact.replace(/[()+]/g, '').replace(/^00/, international ? '' : '00')
  if (international && !digits.startsWith('82')) {
    return /^[1-9]\d{6,14}$/.test(digits) ? { e164: `+${digits}`, local: `+${digits}`, class: 'foreign', restored: false } : null
  }
  if (digits.startsWith('82') && (international || digits.length >= 11)) {
    return korean(`0${digits.slice(2).replace(/^0/, '')}`, false)
  }
  if (LOST_ZERO.test(digits)) return korean(`0${digits}`, true)
  return korean(digits, false)
}

/** A number as people write it: 010-1234-5678; foreign ones keep their E.164 form. */
export function writtenPhone({ local, class: kind }: Pick<Phone, 'local' | 'class'>): string {
  if (kind === 'foreign') return local
  const head = local.startsWith('02') ? 2 : local.startsWith('050') ? 4 : 3
  return `${local.slice(0, head)}-${local.slice(head, -4)}-${local.slice(-4)}`
}

/**
 * Reads an e-mail address: trimmed, NFC, the domain in lower case and the local part too (mailboxes that differ in case only do not
 * exist in practice). @returns null when it has not the form of an address
 */
export function normalizeEmail(text: string): string | null {
  const plain = withoutInvisible(text).normalize('NFC').trim().toLowerCase()
  if (plain.length > 254) return null
  return /^[^\s@<>",;:\\()[\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,63}$/u.test(plain)
    ? plain
    : null
}
